"""The account: two tellings side by side, where they differ, and how each interview was held."""
