"""Visitors who ask a site on this machine without pause, each request once, until a file is gone.

Runs inside the trial's Debian, with the standard library alone: visitors.py FILE
"""

import http.client
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path

HOST = "college.example"
PAGES = ("/", "/news/", "/feedback/", "/feedback/new/")
EXPECTED = {"GET": 200, "POST": 403}  # the form has no token: it is read and refused
VISITORS = 8
TIMEOUT = 100  # seconds: nginx gives up before
SHEET = re.compile(r'"(/static/[^"]+\.(?:css|js))"')


def main(flag):
    asked, wrong, seconds = Counter(), Counter(), [0.0]
    sheets = SHEET.findall(ask("GET", "/")[1])
    requests = [("GET", path) for path in [*PAGES, *sheets]] + [("POST", "/feedback/status/")]

    def visit(number):
        while flag.exists():
            number += 1
            method, path = requests[number % len(requests)]
            begin = time.monotonic()
            try:
                found = ask(method, path)[0]
            except (OSError, http.client.HTTPException) as error:
                found = repr(error)
            seconds.append(time.monotonic() - begin)
            asked[method] += 1
            if found != EXPECTED[method]:
                wrong[f"{method} {path}: {found}"] += 1
            time.sleep(0.01)

    threads = [threading.Thread(target=visit, args=[number]) for number in range(VISITORS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(f"{asked.total()} requests, the slowest {max(seconds):.1f} s, refused: {dict(wrong)}")
    sys.exit(1 if wrong else 0)


def ask(method, path):
    """(status, text)"""
    connection = http.client.HTTPConnection("127.0.0.1", 80, timeout=TIMEOUT)
    try:
        connection.request(method, path, headers={"Host": HOST})
        response = connection.getresponse()
        return response.status, response.read().decode()
    finally:
        connection.close()


main(Path(sys.argv[1]))
