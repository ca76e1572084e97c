"""Authors and applicants who attack: what they write stays words on every page."""
