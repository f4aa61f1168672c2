"""Frames in; words, tables and figures out, in the language of the page."""
