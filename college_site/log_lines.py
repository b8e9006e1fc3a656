"""Lines of the log, without secrets that stand in addresses."""

import logging
import re

SECRET = re.compile(r"(?<=/preview/)[\w-]+")  # the token of a link to a draft


class LineFormatter(logging.Formatter):
    """Leaves secrets out of messages and tracebacks."""

    def format(self, record):
        return SECRET.sub("…", super().format(record))
