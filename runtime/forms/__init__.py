"""Pages of a module as forms: journey, fields, uploads, and answers in words. Knows no cases."""
