"""Renditions of photographs and preview images for links to posts."""
