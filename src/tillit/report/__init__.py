"""Shows a result to people: one page, a workbook, and JSON for machines."""
