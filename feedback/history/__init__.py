"""The tamper-evident history: each event is linked to the one before it."""
