"""How many examples a test with generated input tries: few here, many in CI, the same each time."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = {"quick": 25, "deep": 150}


def choose_profile():
    """Hypothesis's profile is "deep" in CI, else "quick"; --hypothesis-profile=deep overrules."""
    for name, examples in EXAMPLES.items():
        settings.register_profile(
            name,
            max_examples=examples,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
    settings.load_profile("deep" if os.environ.get("CI") else "quick")
