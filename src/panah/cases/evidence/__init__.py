"""The evidence finder: what a case asks of the library, question by question, and the passages that answer."""
