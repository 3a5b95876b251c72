"""What services' own pages and logs tell of a failure."""
