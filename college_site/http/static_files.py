"""Headers of the static files that WhiteNoise serves."""

import os


def add_validator(headers, path, url):
    """A weak ETag: the file and its compressed forms have it in common, but not their bytes."""
    status = os.stat(path)
    headers["ETag"] = f'W/"{int(status.st_mtime):x}-{status.st_size:x}"'
