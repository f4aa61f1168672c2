"""A small case, its workbook, and what people and programs do to it."""

import datetime

from openpyxl.comments import Comment
from openpyxl.worksheet.formula import ArrayFormula

from netanalysis.workbooks.casebook import case_workbook
from netanalysis.workbooks.defaults import default_tables
