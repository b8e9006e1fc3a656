"""Statistics of suggestions and answers."""
