"""A case as an Excel workbook: made, filled in, read back."""
