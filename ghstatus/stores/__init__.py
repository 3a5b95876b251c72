"""Where incidents live: each store offers `observe` and `apply`, nothing else."""
