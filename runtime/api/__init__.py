"""What other programs may ask of a region: its services, their answers' schema, judging and filing."""
