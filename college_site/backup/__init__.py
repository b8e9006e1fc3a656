"""Backup and return: one encrypted archive of database, files, receipt key and settings.

The rule that keeps rows and files together while the site writes: a file is on the disk before the
row that names it is committed, and is deleted only after its row. So whatever a snapshot of the
database names existed at its moment. The files are linked before the snapshot, which keeps those
that are deleted later, and again after it, which adds those that came in between.
"""
