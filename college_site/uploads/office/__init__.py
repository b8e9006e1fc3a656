"""Office files: archives of parts, their tracked changes and comments."""
