"""Pull requests and their checks, observed and written."""
