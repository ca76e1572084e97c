"""Executes modules: forms, workflow, cases and the pages of citizens and officers. Never Wagtail."""
