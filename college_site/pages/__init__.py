"""Shared parts of pages: URLs, error pages, sitemaps, structured data, the accessible version."""
