"""SQLite for one web process: immediate transactions behind a fair ticket, durable commits."""
