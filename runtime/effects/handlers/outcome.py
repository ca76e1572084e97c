"""The end of a case that another one opened, told to that other one. No document asks for it by name.

Payload: {"outcome": how it ended}; it says nothing about a person, so it outlives the answers of its case.
Cases stand above effects, so they register here.
"""

from __future__ import annotations

from runtime.effects.door import Door

_door = Door("nobody keeps cases here")
register, ready, run = _door.register, _door.ready, _door.run
