"""One index over passages, any engine."""
