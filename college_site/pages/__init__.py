"""What every public answer shares, from its address to its headers."""
