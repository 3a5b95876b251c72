"""Teams that live through outages, on the loopback GitHub."""
