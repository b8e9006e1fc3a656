"""Measures the site, `make bench`; crawl/ saves and compares what it answers."""
