"""PDF: what pages show stays, what hides in them goes."""
