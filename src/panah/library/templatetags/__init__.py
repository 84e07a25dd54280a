"""What the pages of the library need of Django's templates beside its own."""
