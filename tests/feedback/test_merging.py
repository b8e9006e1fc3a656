"""Duplicates wait for the answer to their original and get it, or return to the desk."""

import datetime
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils import timezone

from college_site.accounts.roles import RESPONSIBLE
from feedback.desk.duplicates import settle_duplicate
from feedback.erasure.purge import Reason, erase
from feedback.history.verification import verify_history
from feedback.mail.outbox import build_message
from feedback.models import Mail, Suggestion
from feedback.statistics.calculation import calculate_statistics
from tests import factories
from tests.clients import start_author_session

pytestmark = pytest.mark.django_db
SECRET = "Аудитория 214 и мой ноутбук"


@pytest.fixture
def staff():
    return factories.staff()


@pytest.fixture
def original():
    return factories.suggestion(text=SECRET, **factories.contact("first@example.ru"))


@pytest.fixture
def duplicate():
    return factories.suggestion(text="В 214 нет розеток.", **factories.contact("second@example.ru"))


def stored(suggestion):
    return Suggestion.objects.get(pk=suggestion.pk)


def age_answers():
    """Let the time pass in which an answer may be taken back."""
    earlier = timezone.now() - datetime.timedelta(minutes=2)
    Suggestion.objects.filter(status__in=("answered", "declined")).update(answered_at=earlier)


def settle_all():
    age_answers()
    while settle_duplicate():
        pass


# Merging ------------------------------------------------------------------------------------------


def test_a_duplicate_leaves_the_desk_and_points_to_its_original(original, duplicate, staff):
    duplicate.merge(original, staff)
    row = stored(duplicate)
    assert (row.status, row.duplicate_of) == ("merged", original)
    assert Suggestion.objects.count_desk_states()["new"] == 1


def test_merging_stands_in_both_histories(original, duplicate, staff):
    duplicate.merge(original, staff)
    assert original.number in duplicate.events.get(kind="merged").text
    assert original.events.get(kind="joined").text == f"№ {duplicate.number}"
    assert not original.events.for_author().filter(kind="joined")
    verify_history()


def test_the_author_of_a_duplicate_is_told_in_fixed_words(original, duplicate, staff):
    duplicate.merge(original, staff)
    message = build_message(Mail.objects.get(event__kind="merged"))
    assert message.to == ["second@example.ru"]
    assert f"рассмотрим вместе с предложением № {original.number}" in message.body
    assert SECRET not in message.body
    assert "first@example.ru" not in message.body


def test_merging_with_a_duplicate_goes_to_its_original(original, duplicate, staff):
    duplicate.merge(original, staff)
    third = factories.suggestion()
    third.merge(stored(duplicate), staff)
    assert stored(third).duplicate_of == original


def test_duplicates_follow_their_original_into_another(original, duplicate, staff):
    third = factories.suggestion()
    third.merge(duplicate, staff)
    duplicate.merge(original, staff)
    assert stored(third).duplicate_of == original


def test_an_original_cannot_become_a_duplicate_of_its_duplicate(original, duplicate, staff):
    duplicate.merge(original, staff)
    with pytest.raises(ValidationError, match="уже присоединённое"):
        original.merge(stored(duplicate), staff)


@pytest.mark.parametrize("restricted", ["original", "duplicate"])
def test_the_restricted_queue_is_never_merged(restricted, staff):
    rows = {name: factories.suggestion() for name in ("original", "duplicate")}
    rows[restricted].restrict(staff)
    with pytest.raises(ValidationError, match="закрытой очереди"):
        rows["duplicate"].merge(rows["original"], staff)


@pytest.mark.parametrize(
    ("status", "message"), [("quarantine", "На проверке"), ("withdrawn", "Отозвано автором")]
)
def test_an_original_that_nobody_considers_is_refused(status, message, duplicate, staff):
    with pytest.raises(ValidationError, match=message):
        duplicate.merge(factories.suggestion(status=status), staff)


def test_an_answered_original_says_what_to_do_instead(duplicate, staff):
    with pytest.raises(ValidationError, match="теми же словами"):
        duplicate.merge(factories.answered(), staff)


def test_an_original_that_the_user_does_not_see_is_not_found(original):
    person = factories.member(RESPONSIBLE)
    mine = factories.suggestion(topic=factories.suggestion_topic(responsible=person))
    with pytest.raises(ValidationError, match="нет среди тех"):
        mine.merge(original, person)


def test_a_suggestion_with_votes_stays_the_original(original, staff):
    public = factories.publication().suggestion
    with pytest.raises(ValidationError, match="публичный ответ"):
        public.merge(original, staff)


def test_the_page_of_its_author_tells_why_and_nothing_of_the_other(
    client, original, duplicate, staff
):
    duplicate.merge(original, staff)
    response = HttpResponse()
    start_author_session(response, duplicate)
    client.cookies = response.cookies
    page = client.get("/feedback/mine/").content.decode()
    assert "Рассматривается вместе с" in page
    assert f"О том же уже написали: рассмотрим вместе с предложением № {original.number}" in page
    assert SECRET not in page


# The answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["give_answer", "decline"])
def test_a_duplicate_gets_the_answer_of_its_original(act, original, duplicate, staff):
    duplicate.merge(original, staff)
    getattr(original, act)("Розетки поставят в мае.", staff)
    settle_all()
    row = stored(duplicate)
    assert (row.status, row.answer) == (original.status, "Розетки поставят в мае.")
    assert (row.decision, row.answer_days) == (original.decision, 0)
    message = build_message(Mail.objects.get(event__suggestion=row, event__kind=original.status))
    assert "Розетки поставят в мае." in message.body
    assert "вместе с похожим" in message.body
    verify_history()


def test_a_duplicate_waits_while_the_answer_may_be_taken_back(original, duplicate, staff):
    duplicate.merge(original, staff)
    original.give_answer("Розетки поставят в мае.", staff)
    assert not settle_duplicate()
    assert stored(duplicate).status == "merged"


def test_the_author_of_a_duplicate_may_ask_again_on_its_own(original, duplicate, staff):
    duplicate.merge(original, staff)
    original.give_answer("Розетки поставят в мае.", staff)
    settle_all()
    row = stored(duplicate)
    row.reopen("У нас другая аудитория.", uuid4())
    assert (row.status, row.duplicate_of) == ("in_progress", None)


def test_an_answered_duplicate_may_move_to_the_restricted_queue(original, duplicate, staff):
    duplicate.merge(original, staff)
    original.give_answer("Розетки поставят в мае.", staff)
    settle_all()
    row = stored(duplicate)
    row.restrict(staff)
    assert row.is_restricted


# Taking apart -------------------------------------------------------------------------------------


def test_separating_brings_it_back_with_its_deadline(original, duplicate, staff):
    due_on = duplicate.due_on
    duplicate.merge(original, staff)
    duplicate.separate(staff)
    row = stored(duplicate)
    assert (row.status, row.duplicate_of, row.due_on) == ("received", None, due_on)
    assert original.events.filter(kind="left").exists()


def test_the_author_reads_letters_about_both_or_about_none(original, duplicate, staff):
    duplicate.merge(original, staff)
    duplicate.separate(staff)
    assert not Mail.objects.filter(event__kind__in=("merged", "separated")).exists()
    duplicate.merge(original, staff)
    Mail.objects.filter(event__kind="merged").update(sent_at=timezone.now(), due_at=None)
    duplicate.separate(staff)
    assert Mail.objects.filter(event__kind="separated").count() == 1


def test_an_answered_duplicate_cannot_be_separated(original, duplicate, staff):
    duplicate.merge(original, staff)
    original.give_answer("Розетки поставят в мае.", staff)
    settle_all()
    with pytest.raises(ValidationError):
        stored(duplicate).separate(staff)


def test_what_its_author_adds_is_read_on_its_own(original, duplicate, staff):
    duplicate.merge(original, staff)
    row = stored(duplicate)
    key = uuid4()
    row.reply("Нет, я о розетках в коридоре.", key)
    row.reply("Нет, я о розетках в коридоре.", key)
    assert (stored(row).status, stored(row).duplicate_of) == ("received", None)
    assert row.events.filter(kind="reply").count() == 1


def test_a_duplicate_of_a_withdrawn_original_returns_to_the_desk(original, duplicate, staff):
    duplicate.merge(original, staff)
    stored(original).withdraw(uuid4())
    settle_all()
    assert stored(duplicate).status == "received"


def test_a_duplicate_of_a_restricted_original_gets_no_answer_of_it(original, duplicate, staff):
    duplicate.merge(original, staff)
    original.give_answer("Приходите к психологу.", staff)
    original.restrict(staff)
    settle_all()
    row = stored(duplicate)
    assert (row.status, row.answer) == ("received", "")


# What follows elsewhere ---------------------------------------------------------------------------


def test_destroying_the_original_leaves_the_duplicate_whole(original, duplicate, staff):
    duplicate.merge(original, staff)
    erase(original, Reason.DEMAND)
    settle_all()
    row = stored(duplicate)
    assert (row.status, row.text, row.email) == ("received", duplicate.text, "second@example.ru")
    verify_history()


def test_destroying_a_duplicate_leaves_the_original_whole(original, duplicate, staff):
    duplicate.merge(original, staff)
    erase(duplicate, Reason.DEMAND)
    row = stored(original)
    assert (row.status, row.text, row.email) == ("received", SECRET, "first@example.ru")
    assert stored(duplicate).text == "Текст уничтожен."
    verify_history()


def test_figures_count_duplicates_once(original, duplicate, staff):
    duplicate.merge(original, staff)
    yesterday = timezone.now() - datetime.timedelta(days=1)
    Suggestion.objects.update(received_at=yesterday)
    assert calculate_statistics().total.received == 1


def test_only_the_original_is_offered_for_publication(staff):
    original, duplicate = (factories.suggestion(may_publish=True) for _ in range(2))
    duplicate.merge(original, staff)
    original.give_answer("Розетки поставят в мае.", staff)
    settle_all()
    assert list(Suggestion.objects.publishable()) == [original]
