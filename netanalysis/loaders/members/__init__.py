"""Which city is in which network?"""
