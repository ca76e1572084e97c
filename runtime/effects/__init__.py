"""What happens outside: the outbox, its handlers, and the two ways of working it off."""
