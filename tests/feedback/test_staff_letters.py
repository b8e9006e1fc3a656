"""Letters to staff about deadlines, over days of travelled time."""

import datetime
from email.header import decode_header, make_header
from uuid import uuid4

import pytest
import time_machine
from django.core import mail

from college_site.accounts.roles import HEAD, INTAKE, RESPONSIBLE, RESTRICTED_QUEUE
from college_site.registry import registry
from feedback.mail.staff_letters import queue_letters
from feedback.mail.staff_outbox import send_due_to_staff
from feedback.models import LetterChoice, StaffMail, Suggestion, SuggestionTopic
from tests import factories

DAY = datetime.timedelta(days=1)
SECRET = "Маша из 21 группы плачет"
REMINDERS = {"ten_days", "three_days", "today", "overdue"}


@pytest.fixture(autouse=True)
def site(db, settings):
    settings.EMAIL_HOST = "mail.example"
    settings.SITE_URL = "https://college.example"
    factories.college()


@pytest.fixture
def person():
    return factories.member(RESPONSIBLE, email="petrova@example.ru")


@pytest.fixture
def head():
    return factories.member(HEAD, email="head@example.ru")


def at(moment):
    return time_machine.travel(f"{moment}+04:00", tick=False)


def received(person=None, **fields):
    """A suggestion of 2 March 2026, to be answered until Wednesday, 1 April."""
    with at("2026-03-02 12:00"):
        if "topic" not in fields:
            defaults = {"responsible": person}
            topics = SuggestionTopic.objects
            fields["topic"], _ = topics.get_or_create(title="Общежитие", defaults=defaults)
        return factories.suggestion(**{"text": SECRET, **fields})


def work():
    """What the worker does until nothing is left; returns the letters as (address, subject)."""
    mail.outbox.clear()
    while any([queue_letters(), send_due_to_staff()]):
        pass
    return [(letter.to[0], decoded(letter.subject)) for letter in mail.outbox]


def decoded(subject):
    return str(make_header(decode_header(subject)))


def kinds_of_days(first, last, hour="08:00"):
    """{day: kinds of reminders sent} when the worker runs every day at this hour."""
    letters = StaffMail.objects.filter(sent_at__isnull=False, kind__in=REMINDERS)
    found, known = {}, {*letters.values_list("pk", flat=True)}
    day = datetime.date.fromisoformat(first)
    while day <= datetime.date.fromisoformat(last):
        with at(f"{day} {hour}"):
            work()
        if new := [*letters.exclude(pk__in=known)]:
            found[str(day)] = [letter.kind for letter in new]
            known |= {letter.pk for letter in new}
        day += DAY
    return found


# Reminders ----------------------------------------------------------------------------------------


def test_reminders_leave_ten_and_three_days_before_and_on_the_day(person, head):
    received(person)
    assert kinds_of_days("2026-03-15", "2026-04-10") == {
        "2026-03-22": ["ten_days"],
        "2026-03-29": ["three_days"],
        "2026-04-01": ["today"],
        "2026-04-02": ["overdue"],
    }
    assert {*StaffMail.objects.filter(kind="overdue").values_list("recipient", flat=True)} == {
        head.pk
    }


def test_a_reminder_names_number_topic_and_reason_but_no_words(person):
    suggestion = received(person, **factories.contact("author@example.ru"))
    with at("2026-03-22 08:00"):
        work()
    reminder = next(each for each in mail.outbox if "№" in decoded(each.subject))
    assert decoded(reminder.subject) == f"Предложение № {suggestion.number}: " + (
        "ответить до 1 апреля 2026 года"
    )
    assert f"№ {suggestion.number}, тема «Общежитие»" in reminder.body
    assert "потому что вы отвечаете за тему «Общежитие»" in reminder.body
    assert f"https://college.example/admin/feedback/suggestion/{suggestion.pk}/change/" in (
        reminder.body
    )
    for letter in mail.outbox:
        text = f"{decoded(letter.subject)} {letter.body}"
        assert "Маша" not in text
        assert "author@" not in text


def test_who_was_assigned_by_hand_is_reminded_for_that_reason(person):
    suggestion = received()
    suggestion.assign(person, None)
    with at("2026-03-22 08:00"):
        work()
    assert "потому что оно назначено вам" in StaffMail.objects.get(kind="ten_days").body


def test_without_a_responsible_person_the_head_is_reminded(head):
    received()
    with at("2026-03-22 08:00"):
        work()
    reminder = StaffMail.objects.get(kind="ten_days")
    assert reminder.recipient == head
    assert "ответственного нет" in reminder.body


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_former_member_of_staff_gets_no_letter(person, head, change):
    received(person)
    type(person).objects.filter(pk=person.pk).update(**change)
    with at("2026-03-22 08:00"):
        assert {address for address, _ in work()} == {"head@example.ru"}


def test_reminders_of_the_restricted_queue_reach_only_its_readers(person, head):
    named = factories.member(RESTRICTED_QUEUE, email="named@example.ru")
    received(person, is_restricted=True)
    with at("2026-04-02 08:00"):
        work()
    assert StaffMail.objects.get(kind="overdue").recipient == named
    assert not StaffMail.objects.filter(kind__in=REMINDERS, recipient__in=[person, head])


def test_nothing_is_written_before_eight_in_the_morning(person):
    received(person)
    with at("2026-03-22 07:59"):
        assert work() == []
    with at("2026-03-22 08:00"):
        assert len(work()) == 1


def test_after_days_without_the_worker_only_the_newest_stage_is_sent(person, head):
    received(person)
    with at("2026-03-31 15:00"):
        work()
    sent = StaffMail.objects.filter(kind__in=REMINDERS)
    assert [letter.kind for letter in sent] == ["three_days"]


def test_after_days_without_a_mail_server_only_what_is_true_is_sent(person, head, settings):
    received(person)
    settings.EMAIL_HOST = ""
    for day in ("2026-03-22", "2026-03-29", "2026-03-30", "2026-04-02"):
        with at(f"{day} 08:00"):
            assert work() == []
    settings.EMAIL_HOST = "mail.example"
    with at("2026-04-02 09:00"):
        work()
    assert [
        each.kind for each in StaffMail.objects.filter(kind__in=REMINDERS, sent_at__isnull=False)
    ] == ["overdue"]
    assert [
        each.day for each in StaffMail.objects.filter(kind="digest", sent_at__isnull=False)
    ] == [datetime.date(2026, 4, 2)] * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda suggestion: suggestion.give_answer("Поставили.", None),
        lambda suggestion: suggestion.decline("Нельзя.", None),
        lambda suggestion: suggestion.ask("Где?", None),
        lambda suggestion: suggestion.withdraw(uuid4()),
        lambda suggestion: suggestion.extend("Ждём смету.", None),
    ],
    ids=["answered", "declined", "asked", "withdrawn", "extended"],
)
@pytest.mark.parametrize("is_written", [False, True])
def test_nothing_is_sent_once_it_need_not_be_answered_now(person, change, is_written):
    suggestion = received(person)
    with at("2026-03-22 08:00"):
        if is_written:
            queue_letters()
        change(suggestion)
        work()
    assert not StaffMail.objects.filter(kind__in=REMINDERS, sent_at__isnull=False)


def test_an_extension_starts_the_reminders_of_the_new_target(person):
    suggestion = received(person)
    with at("2026-04-01 08:00"):
        work()
        suggestion.extend("Ждём смету.", None)
    assert kinds_of_days("2026-04-15", "2026-04-30") == {
        "2026-04-20": ["ten_days"],
        "2026-04-27": ["three_days"],
        "2026-04-30": ["today"],
    }


def test_the_same_day_is_never_written_twice(person):
    received(person)
    with at("2026-03-23 08:00"):
        work()
        count = StaffMail.objects.count()
        for _ in range(3):
            assert work() == []
    assert StaffMail.objects.count() == count


# The morning's digest -----------------------------------------------------------------------------


def test_the_digest_tells_what_is_due_today_and_this_week(person):
    today, week = received(person), received(person)
    Suggestion.objects.filter(pk=week.pk).update(due_on="2026-04-03", limit_on="2026-04-03")
    with at("2026-04-01 08:00"):
        work()
    body = StaffMail.objects.get(kind="digest").body
    assert f"Сегодня: 1\n  № {today.number}, «{today.topic}», ответить до 01.04.2026" in body
    assert f"На этой неделе: 1\n  № {week.number}" in body
    assert "Новые: 2" in body
    assert "Просрочено" not in body
    assert "Маша" not in body


def test_each_person_is_told_only_of_what_the_person_sees(person):
    intake = factories.member(INTAKE, email="intake@example.ru")
    received(topic=factories.suggestion_topic())
    received(person, status="quarantine")
    with at("2026-03-16 08:00"):
        work()
    assert [letter.recipient for letter in StaffMail.objects.filter(kind="digest")] == [intake]
    assert "Карантин: 1" in StaffMail.objects.get(kind="digest").body


@pytest.mark.parametrize(
    ("day", "is_sent"),
    [
        ("2026-03-13", True),  # a Friday
        ("2026-03-14", False),  # a Saturday
        ("2026-03-09", False),  # the day off for 8 March
        ("2027-01-05", False),
        ("2027-02-20", True),  # a Saturday on which people work
    ],
)
def test_a_digest_comes_on_working_days_only(person, day, is_sent):
    received(person)
    with at(f"{day} 08:00"):
        work()
    assert StaffMail.objects.filter(kind="digest").exists() == is_sent


def test_who_has_nothing_to_do_gets_no_digest(person):
    received(person).give_answer("Поставили.", None)
    with at("2026-03-16 08:00"):
        assert work() == []


def test_a_digest_of_yesterday_is_not_sent_today(person):
    received(person)
    with at("2026-03-16 08:00"):
        queue_letters()
    with at("2026-03-17 07:00"):
        assert work() == []


# The week's digest --------------------------------------------------------------------------------


def test_the_head_gets_the_figures_of_the_week_on_monday(head, person, monkeypatch):
    monkeypatch.setattr(registry, "weekly_lines", [lambda: "Голова журнала: abc", lambda: ""])
    received(person)
    with at("2026-03-04 12:00"):
        received(person).give_answer("Поставили.", None)
    for moment in ("2026-03-09 08:00", "2026-03-10 07:59"):  # Monday is a day off
        with at(moment):
            assert work() == []
    with at("2026-03-10 08:00"):
        work()
    letter = StaffMail.objects.get(kind="weekly")
    assert (letter.recipient, letter.day) == (head, datetime.date(2026, 3, 9))
    assert "с 2 марта 2026 года по 8 марта 2026 года" in letter.body
    assert "Принято: 2\nДан ответ: 1, из них в срок: 1" in letter.body
    assert "Голова журнала: abc" in letter.body
    with at("2026-03-11 08:00"):
        work()
    assert StaffMail.objects.filter(kind="weekly").count() == 1


# Switched off -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "kind"), [("reminders", "overdue"), ("digest", "digest"), ("weekly", "weekly")]
)
@pytest.mark.parametrize("is_written", [False, True])
def test_a_letter_that_was_switched_off_is_not_sent(head, field, kind, is_written):
    received()
    with at("2026-04-06 08:00"):
        if is_written:
            queue_letters()
        LetterChoice.objects.create(user=head, **{field: False})
        work()
    sent = {*StaffMail.objects.filter(sent_at__isnull=False).values_list("kind", flat=True)}
    assert sent == {"overdue", "digest", "weekly"} - {kind}


def test_everybody_at_the_desk_chooses_letters_on_a_page(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get("/admin/feedback/staffmail/mine/").content.decode()
    assert "petrova@example.ru" in page
    assert page.count("checked") == 3
    client.post("/admin/feedback/staffmail/mine/", {"digest": "on"})
    choice = LetterChoice.objects.get(user=person)
    assert (choice.reminders, choice.digest, choice.weekly) == (False, True, False)


def test_a_letter_that_the_server_refuses_is_tried_again_and_shown(person, monkeypatch):
    received(person)

    def refuse(letter):
        raise OSError("no route")

    monkeypatch.setattr("feedback.mail.staff_outbox.build_message", refuse)
    with at("2026-03-22 08:00"):
        work()
    letter = StaffMail.objects.get(kind="ten_days")
    assert letter.last_error == "OSError: no route"
    assert letter.due_at > letter.created_at
    assert list(StaffMail.objects.failing()) == [letter]
