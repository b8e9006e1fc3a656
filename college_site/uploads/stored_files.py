"""Files of the storage that a row of the database names."""

import logging

logger = logging.getLogger(__name__)


def open_stored(storage, name):
    """Open a stored file; logs an error and raises FileNotFoundError if it is missing."""
    try:
        return storage.open(name)
    except FileNotFoundError:
        logger.error("The file %s is missing from the storage: restore it from a backup", name)
        raise
