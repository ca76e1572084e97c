"""Showing a draft to people without an account, by a link that ends, and hearing what they say of it."""
