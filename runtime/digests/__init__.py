"""What is new for officers: gathered by the clock, told in one mail of references and links."""
