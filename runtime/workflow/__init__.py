"""What may happen to a case: a pure engine that decides and never writes.

It knows the definition, a snapshot of the case and the actor. It knows no Django, no rows, no
clock: `now` is passed in, in the region's time zone.
"""
