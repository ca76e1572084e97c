"""Holds browser, server, simplified rules and compiled schemas against each other on random documents.

Everything is made from a seed that is printed: a difference can be looked at again.
"""
