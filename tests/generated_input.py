"""Hypothesis profiles: few examples locally, many in CI, the same ones in every run."""

import os

from hypothesis import HealthCheck, settings

EXAMPLES = {"quick": 25, "deep": 150}


def choose_profile():
    """Load the profile "deep" in CI, otherwise "quick"; --hypothesis-profile overrides it."""
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
