"""From a fresh clone to a running site. Standard library only: it runs before anything is installed."""
