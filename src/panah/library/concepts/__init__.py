"""The thesaurus at work: what it adds to words that somebody looks for, its pages, and its commands."""
