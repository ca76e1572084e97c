"""Letters of a module: printed, numbered, signed, verified, and vouched for on a public page."""
