"""Emails to authors."""
