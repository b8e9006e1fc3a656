"""A small site in Wagtail, as heavy as its bakerydemo: bakerydemo.py compares the two."""
