"""Processes are killed without a word while citizens apply and mails go out; what was lost is counted."""
