"""Questions with all that limits them: facets, order, searches that are kept, and many questions at once."""
