"""A small case, its workbook, and what people and programs do to it."""
