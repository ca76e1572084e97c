"""Asking outside registers, such as the civil registry: which, how, and when it is no use. Knows no forms."""
