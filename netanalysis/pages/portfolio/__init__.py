"""Parts of the page of all memberships of a city."""
