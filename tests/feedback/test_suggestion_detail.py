"""«Моё предложение»: the page of the author and its actions."""

from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.utils import timezone

from feedback.author_session import AUTHOR_COOKIE
from tests import factories
from tests.clients import start_author_session
from tests.markup import Markup

pytestmark = pytest.mark.django_db
URL = "/feedback/mine/"


@pytest.fixture
def read(client):
    """A function that opens the page of a suggestion as its author."""

    def read(suggestion, query=""):
        response = HttpResponse()
        start_author_session(response, suggestion)
        client.cookies = response.cookies
        return client.get(URL + query).content.decode()

    return read


def in_state(status, **fields):
    answer = "Лавочки стоят." if status in ("answered", "declined") else ""
    return factories.suggestion(status=status, answer=answer, **fields)


def test_a_request_without_the_cookie_is_redirected_to_the_status_form(client):
    response = client.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/feedback/status/")


def test_the_page_is_neither_cached_nor_indexed(client, read):
    read(factories.suggestion())
    headers = client.get(URL).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "same-origin"  # the CSRF check of its forms needs Origin


def test_each_visit_extends_the_session(client, read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as now:
        read(factories.suggestion())
        for _ in range(3):
            now.shift(20 * 60)
            assert client.get(URL).status_code == 200


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("received", "Принято."),
        ("quarantine", "Принято."),
        ("in_progress", "В работе."),
        ("waiting", "Техникум ждёт вашего ответа."),
        ("answered", "Техникум ответил."),
        ("declined", "Отклонено с объяснением."),
        ("withdrawn", "Вы отозвали предложение."),
    ],
)
def test_the_state_is_described(read, status, words):
    assert words in read(in_state(status))


def test_the_quarantine_is_not_revealed(read):
    suggestion = in_state("quarantine", suspicion="Три ссылки")
    page = read(suggestion)
    assert "проверк" not in page.lower()
    assert "Три ссылки" not in page


def test_the_latest_question_precedes_the_reply_form(read):
    suggestion = factories.suggestion()
    suggestion.ask("У какого входа?", None)
    suggestion.reply("У главного.", uuid4())
    suggestion.ask("С какой стороны?", None)
    page = read(suggestion)
    assert page.index("С какой стороны?") < page.index("Ваш ответ") < page.index("У какого входа?")


def test_an_answer_is_shown_once_with_the_rating_form(read):
    page = read(in_state("answered"))
    assert page.count("Лавочки стоят.") == 1
    assert "Помог ли ответ?" in page


def test_a_draft_answer_is_not_shown(read):
    assert "Черновик ответа." not in read(
        factories.suggestion(status="in_progress", answer="Черновик ответа.")
    )


def test_the_history_contains_no_staff_names(read):
    staff = factories.staff(username="petrova", first_name="Мария", last_name="Петрова")
    suggestion = factories.suggestion()
    suggestion.take_up(staff)
    suggestion.ask("Где?", staff)
    page = read(suggestion)
    assert "Техникум взял предложение в работу" in page
    for name in ("petrova", "Мария", "Петрова"):
        assert name not in page


def test_the_history_is_chronological_with_full_dates(read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as now:
        suggestion = factories.suggestion()
        now.shift(86400)
        suggestion.take_up(None)
        now.shift(86400)
        suggestion.give_answer("Стоят.", None)
        page = read(suggestion).replace("\u00a0", " ")
    first, second, third = (page.index(f'">{day} марта 2026 года</time>') for day in (2, 3, 4))
    assert first < second < third


def test_the_authors_email_address_is_not_shown(read):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    suggestion = factories.suggestion(email="secret@example.ru", **consent)
    assert "secret@example.ru" not in read(suggestion)


def test_texts_are_escaped(read):
    suggestion = factories.suggestion(text="<script>a</script>")
    suggestion.reply("<i>c</i>", uuid4())
    suggestion.give_answer("<b>b</b>", None)
    page = read(suggestion)
    for escaped in ("&lt;script&gt;a", "&lt;b&gt;b", "&lt;i&gt;c"):
        assert escaped in page


@pytest.mark.parametrize(
    ("status", "offered", "missing"),
    [
        ("received", ["reply", "withdraw"], ["reopen"]),
        ("quarantine", ["reply", "withdraw"], ["reopen"]),
        ("waiting", ["reply", "withdraw"], ["reopen"]),
        ("answered", ["rate", "reopen"], ["reply", "withdraw"]),
        ("withdrawn", [], ["reply", "withdraw", "rate", "reopen"]),
    ],
)
def test_only_steps_the_state_allows_are_offered(read, status, offered, missing):
    page = read(in_state(status))
    assert [step for step in offered if f"/mine/{step}/" not in page] == []
    assert [step for step in missing if f"/mine/{step}/" in page] == []
    assert "Закрыть страницу" in page


def test_a_withdrawn_suggestion_links_the_form(read):
    assert "Написать новое предложение" in read(in_state("withdrawn"))


def test_a_second_reopening_is_not_offered(read):
    suggestion = in_state("answered")
    suggestion.reopen("Не помогло.", uuid4())
    suggestion.give_answer("Теперь точно.", None)
    page = read(suggestion)
    assert "/mine/reopen/" not in page
    assert "уже рассматривали повторно" in page


def test_the_earlier_answer_stays_in_the_history_after_reopening(read):
    suggestion = factories.suggestion()
    suggestion.give_answer("Когда-нибудь.", None)
    suggestion.reopen("Назовите срок.", uuid4())
    page = read(suggestion)
    assert page.index("Когда-нибудь.") < page.index("Назовите срок.")


def test_a_missed_deadline_is_shown(read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        suggestion = factories.suggestion()
    with time_machine.travel("2026-06-02 12:00+04:00", tick=False):
        assert "Срок ответа прошёл" in read(suggestion)


def test_a_step_is_confirmed_for_a_minute(read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as now:
        suggestion = factories.suggestion()
        suggestion.reply("У главного входа.", uuid4())
        assert "Техникум прочитает ваши слова" in read(suggestion)
        now.shift(61)
        assert 'role="status"' not in read(suggestion)


def test_a_later_staff_action_replaces_the_confirmation(read):
    suggestion = factories.suggestion()
    suggestion.reply("У главного входа.", uuid4())
    suggestion.ask("С какой стороны?", None)
    assert 'role="status"' not in read(suggestion)


def test_an_internal_action_does_not_hide_the_confirmation(read):
    suggestion = factories.suggestion()
    suggestion.reply("У главного входа.", uuid4())
    suggestion.restrict(None)
    assert 'role="status"' in read(suggestion)


def test_a_query_parameter_cannot_fake_a_confirmation(read):
    suggestion = factories.suggestion()
    for done in ("reply", "withdraw", "%00x"):
        assert 'role="status"' not in read(suggestion, f"?done={done}")


def test_the_cookie_gives_access_to_one_suggestion_only(client, read):
    read(factories.suggestion(text="Первое предложение."))
    factories.suggestion(text="Второе предложение.")
    page = client.get(URL).content.decode()
    assert "Первое предложение." in page
    assert "Второе предложение." not in page
    assert client.cookies[AUTHOR_COOKIE].value


@pytest.mark.parametrize(("status", "is_offered"), [("received", True), ("waiting", False)])
def test_an_addition_is_offered_unless_a_question_waits(client, status, is_offered):
    suggestion = factories.suggestion(status=status)
    response = HttpResponse()
    start_author_session(response, suggestion)
    client.cookies[AUTHOR_COOKIE] = response.cookies[AUTHOR_COOKIE].value
    page = client.get("/feedback/mine/").content.decode()
    assert ("Дополнить предложение" in page) is is_offered


@pytest.mark.parametrize(
    ("status", "current"),
    [
        ("received", "Принято"),
        ("quarantine", "Принято"),
        ("in_progress", "В работе"),
        ("waiting", "В работе"),
        ("answered", "Ответ"),
        ("declined", "Отклонено"),
    ],
)
def test_the_line_of_steps_marks_the_current_one(read, status, current):
    steps = list(Markup(read(in_state(status))).root.all("li"))
    marked = [step.text() for step in steps if step.get("aria-current") == "step"]
    assert [" ".join(words.split())[: len(current)] for words in marked] == [current]


def test_a_withdrawn_suggestion_has_no_line_of_steps(read):
    assert "aria-current" not in read(in_state("withdrawn")).partition("<main")[2]
