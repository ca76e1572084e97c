"""What has changed between two documents of a service, in the words of those who made them.

What differs is found by `schemas.diff`; here it is said, with the place in the editor it is about.
"""
