"""Lists to choose from, as clerks keep them: uploaded, looked through, stored as editions."""
