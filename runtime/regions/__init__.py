"""Who is where: the region tree, users, memberships, and the fail-closed scope of a region."""
