"""The case effect: an application for another service is filed by whoever keeps cases.

Payload: {"module": key of the service, "waits": whether the case waits for its end}, and once it has failed
{"found": what was wrong}. What is answered there is worked out when it is filed, so the outbox holds none of
it. Cases stand above effects, so they register here.
"""

from __future__ import annotations

from runtime.effects.door import Door

_door = Door("nobody keeps cases here")
register, ready, run = _door.register, _door.ready, _door.run
