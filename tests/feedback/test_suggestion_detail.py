"""«Моё предложение»: what its author reads there and what can be done next."""

from uuid import uuid4

import pytest
import time_machine
from django.http import HttpResponse
from django.utils import timezone

from feedback.author_session import AUTHOR_COOKIE, start_author_session
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/feedback/mine/"


@pytest.fixture
def read(client):
    """The page of a suggestion as its author reads it."""

    def read(suggestion, query=""):
        response = HttpResponse()
        start_author_session(response, suggestion)
        client.cookies = response.cookies
        return client.get(URL + query).content.decode()

    return read


def in_state(status, **fields):
    answer = "Лавочки стоят." if status in ("answered", "declined") else ""
    return factories.suggestion(status=status, answer=answer, **fields)


def test_without_the_cookie_number_and_code_are_asked_for(client):
    response = client.get(URL)
    assert (response.status_code, response["Location"]) == (302, "/feedback/status/")


def test_the_page_belongs_to_one_person(client, read):
    read(factories.suggestion())
    headers = client.get(URL).headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Referrer-Policy"] == "same-origin"  # its forms need an Origin


def test_a_visit_begins_the_half_hour_anew(client, read):
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
def test_the_state_is_told_in_words(read, status, words):
    assert words in read(in_state(status))


def test_nothing_tells_of_a_check(read):
    suggestion = in_state("quarantine", suspicion="Три ссылки")
    page = read(suggestion)
    assert "проверк" not in page.lower()
    assert "Три ссылки" not in page


def test_the_question_stands_above_the_form_that_answers_it(read):
    suggestion = factories.suggestion()
    suggestion.ask("У какого входа?", None)
    suggestion.reply("У главного.", uuid4())
    suggestion.ask("С какой стороны?", None)
    page = read(suggestion)
    assert page.index("С какой стороны?") < page.index("Ваш ответ") < page.index("У какого входа?")


def test_the_answer_comes_with_the_question_whether_it_helped(read):
    page = read(in_state("answered"))
    assert page.count("Лавочки стоят.") == 1
    assert "Помог ли ответ?" in page


def test_an_answer_in_the_making_is_not_shown(read):
    assert "Черновик ответа." not in read(
        factories.suggestion(status="in_progress", answer="Черновик ответа.")
    )


def test_the_history_names_no_member_of_staff(read):
    staff = factories.staff(username="petrova", first_name="Мария", last_name="Петрова")
    suggestion = factories.suggestion()
    suggestion.take_up(staff)
    suggestion.ask("Где?", staff)
    page = read(suggestion)
    assert "Техникум взял предложение в работу" in page
    for name in ("petrova", "Мария", "Петрова"):
        assert name not in page


def test_the_history_is_in_the_order_of_events_with_dates_in_full(read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as now:
        suggestion = factories.suggestion()
        now.shift(86400)
        suggestion.take_up(None)
        now.shift(86400)
        suggestion.give_answer("Стоят.", None)
        page = read(suggestion).replace("\u00a0", " ")
    first, second, third = (page.index(f'">{day} марта 2026 года</time>') for day in (2, 3, 4))
    assert first < second < third


def test_the_address_of_the_author_is_not_shown(read):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    suggestion = factories.suggestion(email="secret@example.ru", **consent)
    assert "secret@example.ru" not in read(suggestion)


def test_what_was_written_is_escaped(read):
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
def test_what_is_possible_is_offered_and_nothing_else(read, status, offered, missing):
    page = read(in_state(status))
    assert [step for step in offered if f"/mine/{step}/" not in page] == []
    assert [step for step in missing if f"/mine/{step}/" in page] == []
    assert "Закрыть страницу" in page


def test_whoever_withdrew_may_write_a_new_one(read):
    assert "Написать новое предложение" in read(in_state("withdrawn"))


def test_a_second_reopening_is_not_offered(read):
    suggestion = in_state("answered")
    suggestion.reopen("Не помогло.", uuid4())
    suggestion.give_answer("Теперь точно.", None)
    page = read(suggestion)
    assert "/mine/reopen/" not in page
    assert "уже рассматривали повторно" in page


def test_after_reopening_the_earlier_answer_stands_in_the_history(read):
    suggestion = factories.suggestion()
    suggestion.give_answer("Когда-нибудь.", None)
    suggestion.reopen("Назовите срок.", uuid4())
    page = read(suggestion)
    assert page.index("Когда-нибудь.") < page.index("Назовите срок.")


def test_a_missed_deadline_is_admitted(read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False):
        suggestion = factories.suggestion()
    with time_machine.travel("2026-06-02 12:00+04:00", tick=False):
        assert "Срок ответа прошёл" in read(suggestion)


def test_what_was_done_is_confirmed_for_a_minute(read):
    with time_machine.travel("2026-03-02 12:00+04:00", tick=False) as now:
        suggestion = factories.suggestion()
        suggestion.reply("У главного входа.", uuid4())
        assert "Техникум прочитает ваши слова" in read(suggestion)
        now.shift(61)
        assert 'role="status"' not in read(suggestion)


def test_what_staff_did_since_is_the_news(read):
    suggestion = factories.suggestion()
    suggestion.reply("У главного входа.", uuid4())
    suggestion.ask("С какой стороны?", None)
    assert 'role="status"' not in read(suggestion)


def test_what_staff_do_behind_the_scenes_does_not_silence_it(read):
    suggestion = factories.suggestion()
    suggestion.reply("У главного входа.", uuid4())
    suggestion.restrict(None)
    assert 'role="status"' in read(suggestion)


def test_an_address_cannot_claim_that_something_was_done(read):
    suggestion = factories.suggestion()
    for done in ("reply", "withdraw", "%00x"):
        assert 'role="status"' not in read(suggestion, f"?done={done}")


def test_the_cookie_names_one_suggestion(client, read):
    read(factories.suggestion(text="Первое предложение."))
    factories.suggestion(text="Второе предложение.")
    page = client.get(URL).content.decode()
    assert "Первое предложение." in page
    assert "Второе предложение." not in page
    assert client.cookies[AUTHOR_COOKIE].value
