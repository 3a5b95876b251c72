"""Templates: the shipped ones, and a site's own."""
