"""What comes and goes by mail: workbooks, lists of members."""
