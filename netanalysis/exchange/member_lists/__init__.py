"""An office's own member list, read and matched with places."""
