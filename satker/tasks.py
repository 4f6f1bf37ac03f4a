"""Work on people and offices that runs beside the pages."""
