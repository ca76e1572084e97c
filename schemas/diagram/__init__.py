"""The workflow as a picture for a page, as text for a document, as a model for other tools.

Everything here is pure: the same definition gives the same text, letter by letter.
"""

from schemas.diagram.bpmn import bpmn
from schemas.diagram.column import svg
from schemas.diagram.mermaid import mermaid
from schemas.diagram.swimlane import swimlane

__all__ = ["bpmn", "mermaid", "svg", "swimlane"]
