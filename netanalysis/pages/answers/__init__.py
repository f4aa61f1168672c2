"""Parts of the page of what the departments have answered."""
