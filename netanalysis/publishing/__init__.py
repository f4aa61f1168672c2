"""A notebook and its parameters in, one HTML file out."""
