"""A page for each notebook, by the notebook's name, over shared parts."""
