"""Faults planted into sound services, and what the proof says of them."""
