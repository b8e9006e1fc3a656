"""Accounts: sessions, throttling of logins, recovery of a form after the login."""
