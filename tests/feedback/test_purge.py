"""The destruction of personal data: everywhere, at its time, with papers; the history stays."""

import datetime
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from feedback.erasure.purge import Reason, erase, erase_contact, sweep_files
from feedback.history.verification import verify_history
from feedback.models import (
    Attachment,
    Event,
    Keyword,
    Mail,
    Publication,
    StaffMail,
    Suggestion,
    Vote,
)
from feedback.models.workflow.states import ERASED_TEXT
from tests import factories
from tests.clients import start_author_session
from tests.feedback.planted import MARK, NAME, planted

pytestmark = pytest.mark.django_db


def purge(*arguments):
    output = StringIO()
    call_command("purge", *arguments, stdout=output)
    return output.getvalue()


def stored_bytes(media_root):
    """Everything in the database files of SQLite and in the media folder."""
    database = Path(connection.settings_dict["NAME"])
    files = [database, database.with_name(f"{database.name}-wal")]
    files += [path for path in media_root.rglob("*") if path.is_file()]
    return b"".join(path.read_bytes() for path in files)


def rows_with(word):
    """The tables that have the word in any column."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word.lower() in str(row).lower() for row in cursor.fetchall()):
                yield table


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own files")
def test_a_planted_name_is_in_no_file_after_the_purge(media_root):
    number, words = planted().number, (NAME, NAME.lower(), MARK)
    before = stored_bytes(media_root)
    assert all(word.encode() in before for word in words)
    purge("--suggestion", number)
    after = stored_bytes(media_root)
    assert [word for word in words if word.encode() in after] == []
    assert [path for path in media_root.rglob("*") if path.is_file()] == []


@pytest.mark.django_db(transaction=True)
def test_a_planted_name_is_in_no_table_after_the_purge():
    number = planted().number
    assert {"feedback_suggestion", "feedback_event", "feedback_keyword"} <= {*rows_with(NAME)}
    purge("--suggestion", number)
    assert [*rows_with(NAME), *rows_with(MARK)] == []
    rows = (Attachment, Mail, Publication, StaffMail, Vote, Keyword)
    assert [model for model in rows if model.objects.exists()] == []


def test_the_history_verifies_after_the_purge_and_counts_the_erased():
    suggestion = planted()
    erase(suggestion, Reason.TERM)
    found = verify_history()
    assert (found.events, found.erased) == (7, 6)
    event = suggestion.events.get(kind="erased")
    assert "файлы автора и ответов: 2" in event.text
    assert "адрес электронной почты" in event.text
    assert "заметки сотрудников" in event.text


def test_number_dates_topic_kinds_and_rating_stay():
    suggestion = factories.answered()
    suggestion.rate(3, None)
    before = Suggestion.objects.get()
    erase(suggestion, Reason.TERM)
    after = Suggestion.objects.get()
    for name in ("number", "received_at", "answered_at", "topic_id", "rating", "status"):
        assert getattr(after, name) == getattr(before, name)
    kinds = [event.kind for event in after.events.all()]
    assert kinds == ["received", "answered", "rated", "erased"]
    assert after.text == after.answer == ERASED_TEXT


def test_words_and_names_of_colleagues_go_too():
    suggestion, colleague = factories.suggestion(), factories.staff(last_name="Колосов")
    suggestion.assign(colleague, colleague)
    suggestion.note("Автор звонил дважды.", colleague)
    erase(suggestion, Reason.DEMAND)
    after = Suggestion.objects.get()
    texts = after.events.exclude(kind="erased").values_list("text", flat=True)
    assert [*texts] == ["", ERASED_TEXT, ERASED_TEXT]
    assert after.responsible is None
    assert verify_history().erased == 3


def test_a_second_purge_finds_nothing_to_destroy():
    suggestion = factories.answered()
    assert erase(suggestion, Reason.TERM)
    assert erase(suggestion, Reason.DEMAND) is None
    assert suggestion.events.filter(kind="erased").count() == 1


def test_what_was_published_stays_at_the_end_of_the_term_only():
    kept, gone = planted(), factories.answered(may_publish=True)
    factories.publication(suggestion=gone, published_at=None)
    erase(kept, Reason.TERM)
    erase(gone, Reason.TERM)
    assert Publication.objects.get().suggestion == kept
    assert "публичный ответ" not in kept.events.get(kind="erased").text
    assert "публичный ответ" in gone.events.get(kind="erased").text


# When ---------------------------------------------------------------------------------------------


def after(**delta):
    return time_machine.travel(timezone.now() + datetime.timedelta(**delta), tick=False)


def numbers_due():
    output = purge("--dry-run").splitlines()
    return [line.partition(". ")[2] for line in output[:-1]]


@pytest.mark.parametrize(("days", "is_due"), [(29, False), (30, True)])
def test_content_is_due_thirty_days_after_the_answer(days, is_due):
    answered = factories.answered()
    with after(days=days, minutes=1):
        assert numbers_due() == [answered.number] * is_due


def test_a_topic_may_keep_its_suggestions_longer():
    factories.answered(topic=factories.suggestion_topic(retention_days=365))
    with after(days=364):
        assert numbers_due() == []
    with after(days=366):
        assert len(numbers_due()) == 1


def test_a_withdrawn_suggestion_is_due_and_an_open_one_never():
    withdrawn, _ = factories.suggestion(), factories.suggestion()
    withdrawn.withdraw(None)
    with after(days=31):
        assert numbers_due() == [withdrawn.number]


def test_a_reopened_suggestion_is_not_due():
    answered = factories.answered()
    answered.reopen("Не помогло.", None)
    with after(days=31):
        assert numbers_due() == []


def test_a_dry_run_changes_nothing():
    factories.answered()
    with after(days=31):
        assert "Would be destroyed: 1. Nothing was changed." in purge("--dry-run")
    assert not Event.objects.filter(kind="erased").exists()


# Papers -------------------------------------------------------------------------------------------


@pytest.fixture
def papers(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "acts"


def words_of(folder, kind):
    [path] = folder.glob(f"{kind}-*.pdf")
    pages = pypdfium2.PdfDocument(path)
    return " ".join("".join(page.get_textpage().get_text_range() for page in pages).split())


def test_the_act_contains_what_the_order_demands(papers):
    factories.college()
    number = planted().number
    purge("--suggestion", number)
    act = words_of(papers, "akt")
    for words in (
        "Акт об уничтожении персональных данных",
        "Учебный техникум имени теста",
        "ул. Учебная, д. 1",
        "по поручению",
        f"Автор предложения № {number}",
        "переписка с автором",
        "Информационная система: портал колледжа",
        "Способ уничтожения",
        "По требованию автора",
        "Дата уничтожения",
        "фамилия, имя, отчество; должность; подпись",
    ):
        assert words in act
    assert NAME not in act


def test_the_extract_names_the_event_of_the_history(papers):
    number = factories.answered().number
    purge("--suggestion", number)
    event = Event.objects.get(kind="erased")
    extract = words_of(papers, "vypiska")
    assert f"Автор предложения № {number}" in extract
    assert event.link in extract.replace(" ", "")


def test_lost_papers_are_made_again_from_the_history(papers):
    erase(factories.answered(), Reason.TERM)
    assert purge("--papers-of", str(timezone.localdate())).count("To sign") == 2
    assert "срок хранения истёк" in words_of(papers, "akt")
    with pytest.raises(CommandError, match="nothing was destroyed"):
        purge("--papers-of", "2020-01-01")


# Address only, files, errors ----------------------------------------------------------------------


def test_the_address_is_erased_apart_from_the_text():
    suggestion = planted()
    purge("--suggestion", suggestion.number, "--contact")
    stored = Suggestion.objects.get()
    assert (stored.email, stored.consent, stored.consented_at) == ("", None, None)
    assert NAME in stored.text
    assert verify_history().erased == 0
    assert erase_contact(stored) is None


def test_a_purge_of_all_after_the_address_still_verifies():
    suggestion = planted()
    erase_contact(suggestion)
    erase(suggestion, Reason.DEMAND)
    assert verify_history().erased == 7


def test_files_that_a_killed_purge_left_are_swept():
    left, kept = (
        default_storage.save(f"attachments/{name}", ContentFile(b"x")) for name in ("left", "kept")
    )
    factories.attachment("0" * 64)
    Attachment.objects.update(file=kept)
    assert sweep_files() == 0  # perhaps its row is being written
    with after(hours=2):
        assert sweep_files() == 1
    assert not default_storage.exists(left)
    assert default_storage.exists(kept)


@pytest.mark.parametrize("number", ["2026-999", "17", "x-y", f"2026-{'9' * 30}"])
def test_an_unknown_number_is_refused(number):
    with pytest.raises(CommandError, match="expected a number"):
        purge("--suggestion", number)


# What the author sees -----------------------------------------------------------------------------


def test_the_author_reads_that_the_data_was_destroyed(client):
    suggestion = planted()
    erase(suggestion, Reason.TERM)
    start_author_session(response := HttpResponse(), suggestion)
    client.cookies.update(response.cookies)
    page = client.get("/feedback/mine/").content.decode()
    assert "Техникум уничтожил личные данные" in page
    assert NAME not in page
    assert "receipt/" + suggestion.number not in page
    assert client.get(f"/feedback/receipt/{suggestion.number}.txt").status_code == 404


@pytest.mark.parametrize("name", ["rate", "reopen"])
def test_nothing_more_can_be_done_with_a_destroyed_suggestion(name):
    suggestion = factories.answered()
    erase(suggestion, Reason.TERM)
    kind = {"rate": "rated", "reopen": "reopened"}[name]
    assert "уничтожены" in Suggestion.objects.get().why_not_allowed(kind)


@pytest.mark.django_db(transaction=True)
def test_a_log_that_cannot_be_emptied_is_told(monkeypatch):
    monkeypatch.setattr("feedback.management.commands.purge.destroy_remains", lambda: False)
    with pytest.raises(CommandError, match="still holds the rows"):
        purge("--suggestion", factories.answered().number)
