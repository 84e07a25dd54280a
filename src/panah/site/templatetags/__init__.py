"""What the pages need of Django's templates beside its own."""
