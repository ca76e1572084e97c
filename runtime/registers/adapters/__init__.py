"""One module for each way of speaking with a register."""
