"""Russian words, dates and letters."""
