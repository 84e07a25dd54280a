"""Panah: a full and fair individual examination for one person at risk. Start at `docs/architecture.md`."""
