"""The list of suggestions at the desk: tabs, order, words of a row, search, saved filters."""

import datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from college_site.accounts.roles import HEAD, INTAKE, RESPONSIBLE, RESTRICTED_QUEUE
from feedback.models import SavedFilter, Suggestion
from feedback.models.saved_filters import MOST
from tests import factories
from tests.clients import browser
from tests.feedback.suggestion_admin import LIST, RIGHTS, enter, page_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TABS = f"{LIST}tabs/"
TODAY = datetime.date(2026, 4, 1)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel("2026-04-01 12:00+04:00", tick=False):
        yield


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


def due_in(days, **fields):
    suggestion = factories.suggestion(**{"status": "in_progress", **fields})
    day = TODAY + datetime.timedelta(days=days)
    Suggestion.objects.filter(pk=suggestion.pk).update(due_on=day, limit_on=day)
    return suggestion


def merged():
    row = factories.suggestion()
    row.merge(factories.suggestion(), factories.staff())
    return row


def client_of(user):
    client = browser()
    client.force_login(user, backend=BACKEND)
    return client


def listed(client, query=""):
    return list(client.get(LIST + query).context["cl"].result_list)


def text_of(client, read_page, query=""):
    return " ".join(read_page(client.get(LIST + query)).root.text().split())


# Queries ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [RESPONSIBLE, INTAKE, HEAD, RESTRICTED_QUEUE])
@pytest.mark.parametrize("query", ["", "?attention=overdue&whose=mine", "?q=лавочка+двора"])
def test_the_list_takes_at_most_twelve_queries_for_any_rows(role, query):
    factories.college()
    person = factories.member(role)
    topic = factories.suggestion_topic(responsible=person)
    client = client_of(person)
    SavedFilter.objects.create(user=person, name="Двор", query="q=двор")
    counts = []
    for number in (1, 59):
        for _ in range(number):
            row = due_in(-1, topic=topic, is_restricted=role == RESTRICTED_QUEUE)
            Suggestion.objects.filter(pk=row.pk).update(responsible=person)
        client.get(LIST + query)  # the kinds of content are cached
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST + query)
        assert page.context["cl"].result_count == (1 if number == 1 else 60)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# Order, tabs --------------------------------------------------------------------------------------


def test_what_is_most_urgent_comes_first_and_the_closed_last(client):
    enter(client, *RIGHTS, "view_restricted")
    closed = [factories.answered() for _ in range(2)]
    waiting = due_in(-9, status="waiting")
    later, late, restricted = due_in(5), due_in(-2), due_in(20, is_restricted=True)
    assert listed(client) == [restricted, late, later, waiting, *reversed(closed)]


@pytest.mark.usefixtures("worker")
def test_the_order_follows_every_change_of_a_row(client):
    first, second = due_in(1), due_in(2)
    first.give_answer("Сделали.", None)
    assert listed(client) == [second, first]


@pytest.mark.usefixtures("worker")
def test_each_tab_shows_its_count_and_leads_to_its_rows(client, read_page):
    late, today = due_in(-1), due_in(0)
    page = read_page(client.get(LIST)).root
    links = {" ".join(link.text().split()): link["href"] for link in page.all("a")}
    assert listed(client, links["Просрочено 1"]) == [late]
    assert listed(client, links["Сегодня 1"]) == [today]
    assert listed(client, links["Все"]) == [late, today]
    assert "Карантин 0" in links
    assert not [name for name in links if name.startswith("Закрытая очередь")]


@pytest.mark.usefixtures("worker")
def test_counts_stop_at_a_bound_that_the_page_names(client, monkeypatch, read_page):
    for bound in (
        "feedback.models.suggestion_queries.MOST_OPEN",
        "feedback.admin.desk.inbox.MOST_OPEN",
    ):
        monkeypatch.setattr(bound, 2)
    monkeypatch.setattr("feedback.desk.inbox.MOST", 2)
    for days in (-3, -2, 1):
        due_in(days)
    text = text_of(client, read_page)
    assert "Просрочено 2+" in text
    assert "Здесь первые 2, всего больше" in text


def test_mine_are_those_for_which_i_am_responsible(client, worker):
    mine, other = due_in(1), due_in(2)
    Suggestion.objects.filter(pk=mine.pk).update(responsible=worker)
    assert listed(client, "?whose=mine") == [mine]
    assert client.get(f"{LIST}?whose=mine").context["counts"]["week"] == 1
    assert listed(client) == [mine, other]


def test_mine_are_those_of_my_topics_while_nobody_is_assigned(client, worker):
    topic = factories.suggestion_topic()
    unassigned, assigned, other = due_in(1, topic=topic), due_in(2, topic=topic), due_in(3)
    Suggestion.objects.filter(pk=assigned.pk).update(responsible=factories.staff())
    topic.responsible = worker
    topic.save()
    assert listed(client, "?whose=mine") == [unassigned]
    assert client.get(f"{LIST}?whose=mine").context["counts"]["open"] == 1
    assert listed(client) == [unassigned, assigned, other]


# Rows ---------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-21, "просрочено на 21 день"),
        (-3, "просрочено на 3 дня"),
        (0, "сегодня"),
        (1, "завтра"),
        (5, "через 5 дней"),
    ],
)
def test_a_row_says_in_words_when_it_is_due(client, read_page, days, words):
    due_in(days)
    assert words in text_of(client, read_page).replace("\u00a0", " ")


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: due_in(1, status="waiting"), "ждёт автора с 1 апреля"),
        (factories.answered, "ответ дан 1 апреля"),
        (lambda: due_in(1, status="withdrawn"), "отозвано автором"),
        (merged, "ждёт ответа на похожее"),
        (lambda: due_in(1, status="quarantine", suspicion="Пять ссылок"), "на проверке, Пять"),
    ],
)
def test_a_row_says_why_nothing_is_due(client, read_page, make, words):
    make()
    assert words in text_of(client, read_page)


def test_no_word_of_a_restricted_suggestion_stands_in_lists(client):
    enter(client, *RIGHTS, "view_restricted")
    row = due_in(-1, is_restricted=True, text="Меня обижают в группе.")
    for address in (LIST, f"{LIST}?q=обижать", "/admin/"):
        page = client.get(address).content.decode()
        assert page_of(row) in page
        assert "Меня обижают" not in page


# Search -------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("text", "is_found"),
    [("лавочка", True), ("лавочек дворов", True), ("лавочка столовая", False), ("и", False)],
)
@pytest.mark.parametrize("frequent", [0, 5000])
def test_words_are_found_in_any_form(client, monkeypatch, text, is_found, frequent):
    monkeypatch.setattr("feedback.models.search_words.FREQUENT", frequent)
    rows = [factories.suggestion(text="Поставьте лавочки во дворе.") for _ in range(2)]
    factories.suggestion(text="Столовая.")
    found = listed(client, f"?q={text}")
    assert sorted(found, key=lambda row: row.pk) == (rows if is_found else [])


@pytest.mark.usefixtures("worker")
def test_an_answer_is_searched_as_well_until_it_is_withdrawn(client):
    row = factories.answered("Поставили урны.")
    assert listed(client, "?q=урна") == [row]
    row.answer = "Поставили."
    row.save()
    assert listed(client, "?q=урна") == []


@pytest.mark.usefixtures("worker")
def test_a_number_without_its_year_is_found(client):
    rows = [factories.suggestion() for _ in range(3)]
    assert listed(client, "?q=2") == [rows[1]]


# Saved filters ------------------------------------------------------------------------------------


def save(client, query="q=двор", name="Двор"):
    return client.post(TABS, {"name": name, "query": query}, follow=True)


@pytest.mark.usefixtures("worker")
def test_a_named_filter_becomes_a_tab(client, read_page):
    row = due_in(1, text="Лавочки во дворе.")
    due_in(2, text="Столовая.")
    page = read_page(save(client, "attention=week&q=двор")).root
    tab = next(link for link in page.all("a") if link.text().strip() == "Двор")
    assert tab["aria-current"] == "page"
    assert listed(client, tab["href"]) == [row]


@pytest.mark.usefixtures("worker")
def test_a_tab_is_deleted_and_the_suggestions_stay(client):
    factories.suggestion()
    save(client)
    page = client.post(f"{TABS}{SavedFilter.objects.get().pk}/", follow=True)
    assert "Вкладка «Двор» удалена" in page.content.decode()
    assert not SavedFilter.objects.exists()
    assert Suggestion.objects.exists()


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("name", "query", "complaint"),
    [
        ("", "q=двор", "Назовите вкладку"),
        ("а" * 41, "q=двор", "Назовите вкладку"),
        ("Двор", "", "Сначала отберите"),
        ("Двор", "text__contains=а", "Сначала отберите"),
        ("Двор", "q=двор&p=2", "уже есть вкладка с таким названием"),
    ],
)
def test_a_tab_that_cannot_be_saved_is_refused_with_words(client, name, query, complaint):
    if "уже" in complaint:
        save(client)
    assert complaint in save(client, query, name).content.decode()


@pytest.mark.usefixtures("worker")
def test_a_person_has_a_bounded_number_of_tabs(client):
    for number in range(MOST):
        save(client, name=f"Двор {number}")
    assert f"Вкладок уже {MOST}" in save(client, name="Ещё").content.decode()


@pytest.mark.usefixtures("worker")
def test_tabs_of_others_are_neither_shown_nor_deleted(client):
    other = SavedFilter.objects.create(user=factories.staff(), name="Чужая", query="q=двор")
    assert "Чужая" not in client.get(LIST).content.decode()
    assert client.post(f"{TABS}{other.pk}/").status_code == 404
    assert SavedFilter.objects.exists()


@pytest.mark.usefixtures("worker")
def test_a_tab_with_a_filter_no_longer_permitted_is_hidden(client):
    user = enter(client, *RIGHTS, "view_restricted")
    save(client, "is_restricted__exact=1", "Тайное")
    assert "Тайное" in client.get(LIST).content.decode()
    user.user_permissions.remove(*user.user_permissions.filter(codename="view_restricted"))
    assert "Тайное" not in client.get(LIST).content.decode()


# The start page -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
def test_the_start_page_leads_to_the_most_urgent_texts_by_one_click(client):
    rows = [due_in(days) for days in range(6, -1, -1)]
    panels = {panel.heading: panel for panel in client.get("/admin/").context["panels"]}
    first = panels["Ответить первыми"].rows
    assert [row.address for row in first] == [page_of(row) for row in reversed(rows[2:])]
    assert first[0].title == f"№ {rows[-1].number}, сегодня"
    assert first[0].words == "Поставьте лавочки во дворе."
