"""Lists that a region keeps to choose from, edition by edition: imported, searched, never changed."""
