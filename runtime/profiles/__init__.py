"""What citizens keep about themselves in a region, so that forms are filled in for them. Knows no cases."""
