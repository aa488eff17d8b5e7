"""Shows a result to people: a page, a workbook and JSON; and makes the workbooks that people fill in."""

from tillit.report.template import write_template
from tillit.report.write import write_report

__all__ = ["write_report", "write_template"]
