"""SQLITE_COPY: a copy of SQLite that follows each second, made by litestream.

A generation is a folder of the copy's place that one run of litestream fills: first the whole
database, then what is committed. While litestream runs it reads the write-ahead log, which nobody
can empty then. To empty it is to end the run and to begin a new generation, see log.py.
"""
