"""Parts of the page of one city among the member lists."""
