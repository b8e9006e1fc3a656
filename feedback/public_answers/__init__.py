"""The answers that everybody may read."""
