"""Two texts of one thing: a document and the one whose place it takes, two readings of an Original, a translation."""
