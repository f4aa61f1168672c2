"""Frames in, frames out: pure functions."""
