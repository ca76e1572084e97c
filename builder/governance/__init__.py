"""Who publishes what: the rules of a region, and asking somebody else to publish."""
