"""A plain JSON Schema, with the UI schema of a form library beside it, becomes a document of ours.

Pure: no database, no request, no clock. `convert` makes document and report; `answers` goes between
the data the schema describes and the answers the document asks for.
"""

from builder.jsonschema.convert import Conversion, convert
from builder.jsonschema.ledger import Ledger
from builder.jsonschema.reading import Unreadable, read

__all__ = ["Conversion", "Ledger", "Unreadable", "convert", "read"]
