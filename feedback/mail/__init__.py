"""Letters to authors."""
