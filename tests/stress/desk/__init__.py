"""Trials of the answer desk: several people act on one suggestion, the site dies meanwhile."""
