"""Template tags of the wizard."""
