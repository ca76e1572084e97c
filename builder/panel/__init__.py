"""The editor panel: its script, what the script is told, and its JSON endpoint."""
