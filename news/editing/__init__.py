"""Editing of posts: what is entered and not saved yet."""
