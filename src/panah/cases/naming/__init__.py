"""Names looked for by hand, and what people said of what was found."""
