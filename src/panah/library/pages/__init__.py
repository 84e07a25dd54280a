"""The pages of an Original, shown beside its text: drawn in a confined process, kept a while in memory, never on a disk."""
