"""Views of the news: pages, feeds and files, a module per subject."""
