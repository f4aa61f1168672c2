"""Ten thousand reports: planned, made, listed."""
