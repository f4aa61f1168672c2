"""Parts of the page of two evaluations side by side."""
