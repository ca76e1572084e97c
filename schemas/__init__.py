"""The definition format of services: what a module document is, and whether it is right."""
