"""`python -m tests.bench.desk`: what a day at the answer desk takes."""
