"""One family, several persons: each has a case of their own, and facts that several share are examined for each of them."""
