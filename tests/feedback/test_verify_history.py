"""The command that verifies the history."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from college_site.accounts.roles import HEAD
from feedback.mail.staff_letters import write_weekly_digest
from feedback.models import Event, HistoryHead
from feedback.receipts.signatures import sign_receipt
from tests import factories

pytestmark = pytest.mark.django_db


def verify(*arguments):
    output = StringIO()
    call_command("verify_history", *map(str, arguments), stdout=output)
    return output.getvalue()


def test_a_whole_history_is_told_with_its_head():
    factories.answered()
    assert verify() == f"Whole: 2 events, 0 of them erased. Head: {HistoryHead.current()}\n"


def test_the_first_broken_link_is_named_and_ends_the_command_with_1():
    suggestion = factories.answered()
    Event.objects.filter(position=2).update(text="Не поставили.")
    told = f"Event 2 of suggestion {suggestion.number}, commitment to text: expected [0-9a-f]{{64}}"
    with pytest.raises(CommandError, match=told) as error:
        verify()
    assert error.value.returncode == 1


def test_a_receipt_that_was_signed_earlier_fits_the_history(tmp_path):
    suggestion = factories.suggestion()
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(str(sign_receipt(suggestion)))
    suggestion.withdraw(None)
    assert verify("--noted", receipt).startswith("Whole: 2 events")


def test_a_history_that_was_rewritten_does_not_fit_an_earlier_receipt(tmp_path):
    receipt = tmp_path / "receipt.txt"
    receipt.write_text(str(sign_receipt(factories.suggestion())))
    Event.objects.all().delete()
    HistoryHead.objects.all().delete()
    factories.suggestion(text="Ничего не нужно.")
    with pytest.raises(CommandError, match="link noted in a receipt"):
        verify("--noted", receipt)


def test_the_weekly_letter_to_the_head_shows_a_truncated_history(tmp_path):
    suggestion = factories.suggestion()
    first = suggestion.events.get()
    suggestion.take_up(None)
    letter = tmp_path / "letter.txt"
    letter.write_text(write_weekly_digest(factories.member(HEAD), timezone.localdate()))
    assert verify("--noted", letter).startswith("Whole: 2 events")
    suggestion.events.filter(position=2).delete()
    HistoryHead.objects.update(position=1, link=first.link)
    assert verify().startswith("Whole: 1 events")
    with pytest.raises(CommandError, match="expected event 2, which a receipt or a letter"):
        verify("--noted", letter)


def test_an_empty_history_adds_no_line_to_the_weekly_letter():
    letter = write_weekly_digest(factories.member(HEAD), timezone.localdate())
    assert "history:" not in letter


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"history: 17"])
def test_a_file_without_a_head_is_refused_with_the_reason(tmp_path, content):
    file = tmp_path / "noted.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match=r"Cannot read|found no head"):
        verify("--noted", file)
