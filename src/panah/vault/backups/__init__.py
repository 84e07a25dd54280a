"""The whole workspace in one encrypted file, and back: `docs/reference/backup.md`."""
