"""One room for long work: what was asked, how far it is, what came of it. It knows no work itself."""
