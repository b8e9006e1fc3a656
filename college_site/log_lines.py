"""Lines of the log, without secrets that stand in addresses and without rows of the database."""

import logging
import re

# The token of a link to a draft. What PostgreSQL quotes of a row or a statement that failed: all
# until the next exception of the traceback.
SECRET = re.compile(
    r"(?<=/preview/)[\w-]+"
    r"|^(?:DETAIL|LINE \d+): .+?(?=\n\n(?:The above|During handling)|\Z)",
    re.MULTILINE | re.DOTALL,
)


class LineFormatter(logging.Formatter):
    """Leaves secrets out of messages and tracebacks."""

    def format(self, record):
        return SECRET.sub("…", super().format(record))
