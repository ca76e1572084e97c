"""`manage.py module`."""
