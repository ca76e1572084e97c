"""Letters: what a case knows becomes a printed, numbered and signed paper that anybody can check."""
