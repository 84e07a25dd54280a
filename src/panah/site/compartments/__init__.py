"""Compartments, seen from above: who belongs to each, what stands in it, and what others may read of it."""
