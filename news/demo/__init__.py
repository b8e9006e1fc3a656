"""Demo content for an empty database."""
