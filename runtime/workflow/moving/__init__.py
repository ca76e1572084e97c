"""What becomes of a case that is moved to another version of its service. Pure: no row is read or written.

A move decides nothing: it carries a case over by permanent keys, and by rules where a key is gone. Where
the newer version would decide, end or send something by itself at once, the case stays where it is.
"""
