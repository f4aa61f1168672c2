"""Frames in; words, tables and figures out, in Swedish and English."""
