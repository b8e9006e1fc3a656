"""Stress tests of the suggestion box on a scratch copy of the site: `make torture`."""
