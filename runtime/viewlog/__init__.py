"""Who saw the personal data of a case: one row for every look, never changed. Knows no pages."""
