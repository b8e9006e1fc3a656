"""The one way in for pictures and documents: decode, clean, store."""
