"""What the pages of a case need of Django's templates beside its own."""
