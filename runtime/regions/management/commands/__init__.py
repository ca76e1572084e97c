"""`manage.py region`."""
