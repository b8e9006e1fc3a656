"""Photographs and the pictures that stand for a post elsewhere."""
