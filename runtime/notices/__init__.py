"""How somebody wants to be told: how often, by which way, when not; and what an officer is to be told yet."""
