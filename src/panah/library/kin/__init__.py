"""Texts that share wording, which of them said it first, and from which roots they come."""
