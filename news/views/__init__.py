"""Pages of the news and the files that stand on them, a module per subject."""
