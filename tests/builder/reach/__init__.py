"""A machine that finds everything in the editor by itself, and uses it by keyboard."""
