"""Printed papers of ceremonies, set by typst from data passed as JSON."""
