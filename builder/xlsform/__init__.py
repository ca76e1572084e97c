"""A workbook of XLSForm becomes a document of ours, and the form of a service a workbook.

Pure: no database, no request, no clock. `convert` makes document and report of the sheets that `read` gives;
`export` makes sheets of a document. What pyxform says of either is asked by `judge`.
"""

from builder.xlsform.convert import Conversion, convert
from builder.xlsform.judge import Verdict, installed
from builder.xlsform.reading import Book, read

__all__ = ["Book", "Conversion", "Verdict", "convert", "installed", "read"]
