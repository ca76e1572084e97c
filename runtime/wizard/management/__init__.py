"""Commands of the wizard."""
