"""Saves what the site answers at each address, and compares two such snapshots.

    python -m tests.bench.crawl save FOLDER [--project ANOTHER_WORKTREE]
    python -m tests.bench.crawl compare OLD_FOLDER NEW_FOLDER [--bytes]

`save` copies the project, fills the copy with the demo site at a fixed moment and with fixed
randomness, follows every link from the home page, acts as visitors do and writes one text file for
each answer: request, status, headers, body. It knows the project by its commands, addresses and a
few models, so that it reads older and newer code alike.
"""
