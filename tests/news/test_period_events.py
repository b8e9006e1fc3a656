"""The events of a period for the self-assessment report: a page to print and a workbook."""

import datetime
import io
import zipfile
from xml.etree import ElementTree

import pytest
import time_machine

from news.models import Participation
from tests import factories
from tests.news.test_preview_admin import text

pytestmark = pytest.mark.django_db
PAGE = "/admin/news/post/events/"
FILE = "/admin/news/post/events.xlsx"
YEAR = "?start=2022-09-01&end=2023-08-31"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def event(day=datetime.date(2022, 10, 5), **fields):
    moment = datetime.datetime(2022, 11, 1, tzinfo=datetime.UTC)
    return factories.post(**{"event_date": day, "published_at": moment, **fields})


def rows(response):
    return [row["title"] for row in response.context["events"]]


def titles(client, query=YEAR):
    return rows(client.get(PAGE + query))


def read_workbook(response):
    """The rows of the sheet as texts, and the XML of the sheet."""
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    strings = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    shared = ["".join(part.itertext()) for part in strings.iter(f"{SHEET}si")]
    sheet = archive.read("xl/worksheets/sheet1.xml")
    table = []
    for row in ElementTree.fromstring(sheet).iter(f"{SHEET}row"):
        cells = [(cell.get("t"), cell.findtext(f"{SHEET}v")) for cell in row]
        table.append([shared[int(value)] if kind == "s" else value for kind, value in cells])
    return table, sheet.decode()


def test_events_are_listed_in_the_order_of_their_days(staff_client):
    late, early = event(datetime.date(2023, 3, 1)), event(datetime.date(2022, 9, 1))
    assert titles(staff_client) == [early.title, late.title]


def test_both_days_of_the_period_belong_to_it(staff_client):
    first, last = event(datetime.date(2022, 9, 1)), event(datetime.date(2023, 8, 31))
    event(datetime.date(2022, 8, 31))
    event(datetime.date(2023, 9, 1))
    assert titles(staff_client) == [first.title, last.title]


def test_a_report_without_a_date_counts_on_the_day_of_publication(staff_client):
    moment = datetime.datetime(2023, 8, 31, 19, 30, tzinfo=datetime.UTC)  # 23:30 in Saratov
    post = event(None, published_at=moment)
    event(None, published_at=moment + datetime.timedelta(hours=1))
    response = staff_client.get(PAGE + YEAR)
    assert rows(response) == [post.title]
    assert response.context["events"][0]["first_day"] == datetime.date(2023, 8, 31)


def test_an_announced_event_with_a_report_counts_once(staff_client):
    announcement = event(kind="announcement")
    report = event(announcement=announcement)
    assert titles(staff_client) == [report.title]


def test_an_event_with_only_an_announcement_counts_when_it_is_over(staff_client):
    post = event(kind="announcement")
    factories.draft(announcement=post)
    assert titles(staff_client) == [post.title]
    ahead = factories.announcement(3)
    query = f"?start={ahead.event_date}&end={ahead.event_date}"
    assert titles(staff_client, query) == []


def test_drafts_scheduled_posts_and_notices_are_no_events(staff_client):
    event(published_at=None)
    event(published_at=datetime.datetime(2041, 1, 1, tzinfo=datetime.UTC))
    event(kind="notice")
    assert titles(staff_client) == []


def test_a_row_tells_all_that_the_report_asks_for(staff_client):
    topic = factories.topic(title="Практика")
    post = event(title="Круглый стол", topic=topic, place="Актовый зал", slug="kruglyy-stol")
    for order, name in enumerate(("АО «Завод»", "Школа № 5")):
        partner = factories.partner(name=name)
        Participation.objects.create(post=post, partner=partner, order=order)
    for _ in range(3):
        factories.photo(post)
    page = text(staff_client.get(PAGE + YEAR))
    for words in ("5 октября 2022 года", "Круглый стол", "Практика", "АО «Завод», Школа № 5"):
        assert words in page
    for words in ("Актовый зал", "http://testserver/news/kruglyy-stol/", ">3<"):
        assert words in page


def test_the_academic_year_of_today_is_the_default(staff_client):
    with time_machine.travel(datetime.datetime(2023, 1, 15, tzinfo=datetime.UTC)):
        post = event()
        event(datetime.date(2022, 8, 1))
        response = staff_client.get(PAGE)
    assert rows(response) == [post.title]
    assert 'value="2022-09-01"' in text(response)
    assert 'value="2023-08-31"' in text(response)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("?start=2023-09-01&end=2022-09-01", "Последний день раньше первого"),
        ("?start=завтра&end=2022-09-01", "Введите правильную дату"),
        ("?start=&end=", "Заполните это поле"),
        ("?start=1990-01-01&end=2022-01-01", "Не больше десяти лет"),
    ],
)
def test_a_wrong_period_is_explained_also_instead_of_the_file(staff_client, query, words):
    for address in (PAGE, FILE):
        response = staff_client.get(address + query)
        assert response.headers["Content-Type"].startswith("text/html")
        assert words in text(response)


def test_the_page_takes_few_queries_for_many_events(staff_client, django_assert_max_num_queries):
    for _ in range(5):
        post = event(topic=factories.topic())
        Participation.objects.create(post=post, partner=factories.partner())
        factories.photo(post)
    for address in (PAGE, FILE):
        with django_assert_max_num_queries(12):
            staff_client.get(address + YEAR)


def test_the_workbook_holds_the_rows_with_real_dates_and_numbers(staff_client):
    post = event(title="Круглый стол", event_end_date=datetime.date(2022, 10, 6))
    factories.photo(post)
    response = staff_client.get(FILE + YEAR)
    name = "meropriyatiya-2022-09-01-2023-08-31.xlsx"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    heading, row = read_workbook(response)[0]
    assert heading[:4] == ["№", "Начало", "Окончание", "Название"]
    assert row[:4] == ["1", "44839", "44840", "Круглый стол"]
    assert row[-2:] == ["1", f"http://testserver{post.get_absolute_url()}"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "{="])
def test_no_text_becomes_a_formula(staff_client, start):
    words = f'{start}HYPERLINK("http://evil.example","x")'
    event(title=words, place=words)
    table, sheet = read_workbook(staff_client.get(FILE + YEAR))
    assert "<f>" not in sheet
    assert table[1].count(words) == 2


def test_text_with_control_characters_makes_a_valid_workbook(staff_client):
    event(title="Стол\x0b\x01 круглый")
    assert read_workbook(staff_client.get(FILE + YEAR))[0][1][3] == "Стол круглый"


def test_an_empty_period_makes_a_workbook_with_headings(staff_client):
    assert len(read_workbook(staff_client.get(FILE + YEAR))[0]) == 1


def test_the_list_of_posts_leads_to_the_events(staff_client):
    assert f'href="{PAGE}"' in text(staff_client.get("/admin/news/post/"))


@pytest.mark.parametrize("address", [PAGE, FILE])
def test_the_events_need_the_permission_to_view_posts(sign_in, address):
    assert sign_in("view_topic", "add_post").get(address).status_code == 403
    assert sign_in("view_post").get(address).status_code == 200
    assert sign_in("change_post").post(address).status_code == 405
