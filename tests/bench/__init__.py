"""Benchmarks, `make bench`; crawl/ saves and compares the responses of two versions."""
