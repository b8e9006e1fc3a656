"""Public answers: search, similar answers, feed, sitemap, votes."""
