"""Several people, or one in several tabs, at the form of one post."""
