"""Machine-readable posts: feeds, calendars, sitemaps, structured data."""
