"""Ways of approval that services are usually given, to start from: kept as data, made into workflows here."""
