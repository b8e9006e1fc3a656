"""Background work outside requests."""
