"""Printed papers, set by typst from data passed as JSON."""
