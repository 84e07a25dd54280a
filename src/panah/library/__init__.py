"""Documents, their readings, passages and quotations."""
