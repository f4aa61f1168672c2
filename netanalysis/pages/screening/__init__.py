"""Parts of the page of requests that a city join a network."""
