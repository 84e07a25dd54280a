"""Members, by command."""
