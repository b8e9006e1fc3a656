"""How tests with generated input run: the same examples everywhere, no time limit on one."""

from hypothesis import HealthCheck, settings

generated = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
