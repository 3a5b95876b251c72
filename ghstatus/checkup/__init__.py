"""Whether an installation is well: what was found of it → what is to be said, and done, about it."""
