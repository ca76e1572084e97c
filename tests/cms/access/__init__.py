"""Who may do what at which address: one row per address, every address has a row."""
