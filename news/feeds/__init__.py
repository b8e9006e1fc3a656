"""Posts for programs: feeds, calendars, sitemaps, structured data."""
