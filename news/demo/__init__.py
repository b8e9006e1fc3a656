"""Demo content: what an empty database is filled with for a first look."""
