"""The law of a case: its State and its days, what follows from them, and what the lawyer decides."""
