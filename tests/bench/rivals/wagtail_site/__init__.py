"""A small site in Wagtail, of the kind of its bakerydemo: as many pictures, blocks and cards."""
