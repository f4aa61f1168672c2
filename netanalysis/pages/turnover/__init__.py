"""Parts of the page of who left and who joined a network."""
