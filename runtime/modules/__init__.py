"""What is installed where: published documents, immutable, and their installation in a region."""
