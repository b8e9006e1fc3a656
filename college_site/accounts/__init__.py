"""Who logs in: sessions, throttling, recovery of a form after the login."""
