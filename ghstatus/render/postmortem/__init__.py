"""What was learnt from incidents, and what a post-mortem begins as."""
