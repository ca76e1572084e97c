"""Settings: `base` holds everywhere; `dev`, `test` and `production` build on it."""
