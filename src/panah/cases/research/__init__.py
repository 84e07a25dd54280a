"""The research trail: every search that was made for a case, what was opened from it, and what was used."""
