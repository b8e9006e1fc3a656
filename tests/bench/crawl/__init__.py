"""Saves the responses of the site at all URLs, and compares two such snapshots.

    python -m tests.bench.crawl save FOLDER [--project ANOTHER_WORKTREE]
    python -m tests.bench.crawl compare OLD_FOLDER NEW_FOLDER [--bytes]

`save` copies the project, fills the copy with demo content at a fixed time and with a fixed random
seed, follows all links from the home page, submits forms and writes one text file for each
response: request, status, headers, body. It uses only commands, URLs and a few models of the
project, so that it works with older and newer code.
"""
