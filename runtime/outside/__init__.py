"""What leaves the house: the one client that fetches addresses, and the connections a region has."""
