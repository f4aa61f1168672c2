"""From a notebook and its parameters to pages, one or ten thousand."""
