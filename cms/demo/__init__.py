"""`manage.py demo`: two regions with people, services and cases for a first look. Made up, all of it."""
