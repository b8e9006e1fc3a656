"""Runs background jobs; due work is found by queries, there is no queue.

A job is a function that processes one due row and returns whether there was one. It leases the row
by postponing its due time (leases.py), so that a killed worker loses nothing and two workers never
process the same row. Apps register their jobs in registry.py.
"""

import logging

from college_site.registry import registry

logger = logging.getLogger(__name__)


def run_due():
    """Run each job once; returns whether any of them found work."""
    results = [_run_job(job) for job in registry.periodic_jobs]
    return any(results)


def _run_job(job):
    """The job's result; an exception is logged and counts as False, so that other jobs run."""
    try:
        return job()
    except Exception:
        logger.exception("The job %s failed, will be retried", job.__name__)
        return False
