"""The country's provinces, regencies, districts and villages, edition by edition."""
