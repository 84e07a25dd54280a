"""Stored bytes and the keys to them."""
