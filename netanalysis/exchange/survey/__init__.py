"""Departments are asked, and their answers come home."""
