"""Checks of texts: abuse, harm, personal data."""
