"""`make bench`: how fast the pages are, in multiples of a bare Django program measured beside them."""
