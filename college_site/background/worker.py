"""Work that need not be done within a request: what is due is a query, not a queue.

A job is a function that does one due piece of work and says whether there was one. It leases its
piece by moving the due moment forward, so that a killed worker loses nothing and two workers never
share a piece. The apps register their jobs, see registry.py.
"""

import logging

from college_site.registry import registry

logger = logging.getLogger(__name__)


def run_due():
    """Give each job one turn; whether any of them found something to do."""
    answers = [_turn(job) for job in registry.periodic_jobs]
    return any(answers)


def _turn(job):
    """The job's answer; one that raises is logged and must not keep the others from their turn."""
    try:
        return job()
    except Exception:
        logger.exception("The job %s failed; it is tried again at its next turn", job.__name__)
        return False
