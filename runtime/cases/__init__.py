"""Cases: the one place where what a citizen asked and what became of it is written down."""
