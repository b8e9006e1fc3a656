"""Pages: what those of both apps share, from addresses to error pages."""
