"""People who use the site while it is backed up."""

import re
import threading
from itertools import count

from django.db import OperationalError, connection

from tests import factories
from tests.stress.kills import Visitors
from tests.stress.visitor import Visitor, suggestion

MOST_PHOTOS = 3  # of the editor: the oldest is deleted when there are more
RECEIPT = re.compile(r"/feedback/receipt/20[0-9]{2}-[0-9]+\.txt")
UPLOADED = factories.picture_bytes((640, 480))


class Writers:
    """Visitors with suggestions, one with files, an editor who adds and deletes photographs."""

    def __init__(self, site, topic, consent):
        self.site, self.topic = site, topic
        self.visitors = Visitors(site.address, topic, consent)
        self.is_over = threading.Event()
        self.uploaded = self.edited = 0
        self.others = [threading.Thread(target=work) for work in (self.upload, self.edit)]

    def __enter__(self):
        self.visitors.begin()
        for thread in self.others:
            thread.start()
        return self

    def __exit__(self, *_):
        self.is_over.set()
        for thread in self.others:
            thread.join()
        self.visitors.end()

    def upload(self):
        visitor = Visitor(self.site.address)
        visitor.open_form()
        for number in count():
            visitor.client_address = f"10.99.{number // 250}.{number % 250 + 1}"
            entries = suggestion(self.topic, f"Предложение с файлом {number}, всё всерьёз.")
            checked = visitor.send_file({**entries, "step": "check"}, UPLOADED)
            self.uploaded += checked.status == 200 and visitor.send(entries).status == 303
            if self.is_over.is_set():
                break

    def edit(self):
        photos, post = [], factories.post()
        while not self.is_over.is_set():
            try:
                photos.append(factories.photo(post=post))
                if len(photos) > MOST_PHOTOS:
                    photos[0].delete()
                    del photos[0]
                self.edited += 1
            except OperationalError:
                continue  # the senders had SQLite for five seconds
        connection.close()


def send_with_receipt(site, topic, number):
    """(entries, signed receipt) of a suggestion that is acknowledged now."""
    visitor = Visitor(site.address, client_address=f"10.98.0.{number + 1}")
    visitor.open_form()
    entries = suggestion(topic, f"Предложение {number} с распиской: починить двери.")
    visitor.send(entries)
    page = visitor.request("GET", "/feedback/receipt/")
    [address, *_] = RECEIPT.findall(page.text)
    return entries, visitor.request("GET", address).text
