"""Reads a Word document as HTML and pictures, and says what of it could not be taken over."""
