"""How do tables get into a case, whole or not at all, and back out of an earlier state?"""
