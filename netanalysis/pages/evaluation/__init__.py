"""Parts of the page of one evaluation."""
