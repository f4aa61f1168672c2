"""The one reader of sheets: cases, answers and member lists are read by it."""
