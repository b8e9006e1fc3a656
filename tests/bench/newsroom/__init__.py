"""`python -m tests.bench.newsroom`: what it takes a teacher to publish a report."""
