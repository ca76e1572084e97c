"""PostgreSQL with row-level security: the database, too, knows which region is in scope."""
