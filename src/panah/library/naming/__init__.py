"""Names in documents, found in whichever spelling."""
