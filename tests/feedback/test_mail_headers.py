"""Headers of letters as mail servers and programs require them: RFC 2047."""

import re
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from django.utils import timezone

from feedback.mail.outbox import build_message
from feedback.models import Mail
from tests import factories

pytestmark = pytest.mark.django_db
ENCODED_WORD = re.compile(rb"=\?utf-8\?[bq]\?[^?]*\?=")


def raw_letter(**fields):
    factories.college(**fields)
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    factories.suggestion(email="author@example.ru", **consent)
    return build_message(Mail.objects.get()).message().as_bytes(linesep="\r\n")


@pytest.mark.parametrize(
    "name",
    [
        "Государственное автономное учреждение «Балаковский политехнический техникум»",
        'ГАПОУ СО "Балаковский \\ техникум", им. А. Б. <x@example.ru>',
        "Ё" * 100,
        "a" + "Ё" * 30,
        "College, Ltd.",
    ],
)
def test_a_sender_name_is_encoded_in_words_of_75_characters(name):
    raw = raw_letter(name=name)
    words = ENCODED_WORD.findall(raw)
    assert max(map(len, words)) <= 75
    assert all(str(make_header(decode_header(word.decode()))) for word in words)
    sender, address = parseaddr(message_from_bytes(raw)["From"].replace("\r\n", ""))
    assert str(make_header(decode_header(sender))) == name
    assert address.startswith("noreply@")


def test_no_line_of_the_headers_is_longer_than_78_characters():
    raw = raw_letter(name="Учебный техникум имени героев труда и обороны " * 2)
    headers = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, headers)) <= 78
    assert b"\r\n \r\n" not in raw
