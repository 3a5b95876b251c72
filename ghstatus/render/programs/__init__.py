"""What programs read instead of pages."""
