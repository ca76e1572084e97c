"""Many letters in one job: issued anew, or signed by one officer. Each goes the way a single one goes."""
