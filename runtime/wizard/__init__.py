"""Filling in an application: drafts, steps, review, receipt."""
