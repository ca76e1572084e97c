"""Thin database backends: fair waiting on SQLite, row-level security on PostgreSQL."""
