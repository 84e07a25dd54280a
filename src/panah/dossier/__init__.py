"""From an outline to a sealed bundle."""
