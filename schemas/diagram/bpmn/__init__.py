"""The workflow as BPMN 2.0 (ISO/IEC 19510) with its diagram, for tools of other makers.

It runs in an engine: the variable `decision` holds the key of the action taken, and each end event
names one way a case ends. What the notation cannot say is in elements of our own and in sentences.
"""

from schemas.diagram.bpmn.own import losses
from schemas.diagram.bpmn.write import bpmn

__all__ = ["bpmn", "losses"]
