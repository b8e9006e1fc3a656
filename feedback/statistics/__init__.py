"""Statistics of answers, as numbers and charts."""
