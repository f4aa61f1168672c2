"""The pages of a case that belong together, for everyone to read."""
