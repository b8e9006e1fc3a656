"""Drafts of posts made of Word documents."""
