"""How letters are signed. A region chooses one way in the settings; documents know nothing of it."""
