"""The list of posts by academic year, month and kind, and its counts."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import paging
from news.models import Post
from news.templatetags.counts import post_count
from tests import factories

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def at(*parts):
    return timezone.make_aware(datetime.datetime(*parts))


def titles(response):
    return [post.title for post in response.context["page"]]


def counts(client, path="/news/2021-2022/"):
    """The numbers of the archive's navigation by their names."""
    context = client.get(path).context
    return {entry.name: entry.count for entry in [*context["years"], *context["months"]]}


def test_an_academic_year_lists_its_posts(client):
    factories.post(title="Август", published_at=at(2021, 8, 31, 23, 59))
    factories.post(title="Сентябрь", published_at=at(2021, 9, 1))
    factories.post(title="Последний", published_at=at(2022, 8, 31, 23, 59, 59))
    factories.post(title="Следующий", published_at=at(2022, 9, 1))
    assert titles(client.get("/news/2021-2022/")) == ["Последний", "Сентябрь"]


def test_a_month_lists_its_posts(client):
    factories.post(title="Февраль", published_at=at(2022, 2, 24))
    factories.post(title="Март", published_at=at(2022, 3, 1))
    response = client.get("/news/2021-2022/02/")
    assert titles(response) == ["Февраль"]
    assert f"<h1>Новости за февраль 2022{NBSP}года</h1>" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["2021-2025", "2022-2021", "0000-0001", "9999-10000", "2021-2022/00", "2021-2022/13"],
)
def test_an_impossible_period_is_not_found(client, path):
    assert client.get(f"/news/{path}/").status_code == 404


def test_an_empty_period_leads_on(client):
    html = client.get("/news/2010-2011/").content.decode()
    assert 'Таких публикаций здесь пока нет. <a href="/news/">' in html


def test_a_kind_narrows_every_list_and_its_counts(client):
    topic, partner = factories.topic(), factories.partner()
    fields = {"topic": topic, "published_at": at(2022, 2, 24)}
    report = factories.post(title="Репортаж", kind="report", **fields)
    notice = factories.post(title="Объявление", kind="notice", **fields)
    for post in (report, notice):
        post.participations.create(partner=partner)
    lists = ["/news/", "/news/2021-2022/", "/news/2021-2022/02/"]
    for path in [*lists, topic.get_absolute_url(), partner.get_absolute_url()]:
        assert titles(client.get(path, {"kind": "report"})) == ["Репортаж"], path
        assert len(titles(client.get(path, {"kind": "nonsense"}))) == 2, path
    assert counts(client, "/news/2021-2022/?kind=report")["2021–2022"] == 1


def test_the_counts_follow_every_change_at_once(client):
    post = factories.post(published_at=at(2022, 2, 24))
    factories.post(published_at=at(2022, 3, 1))
    assert counts(client) == {"2021–2022": 2, "февраль": 1, "март": 1}
    post.withdraw()
    assert counts(client) == {"2021–2022": 1, "март": 1}
    post.publish()
    Post.objects.filter(pk=post.pk).update(published_at=at(2021, 9, 1))
    assert counts(client) == {"2021–2022": 2, "сентябрь": 1, "март": 1}
    post.delete()
    assert counts(client) == {"2021–2022": 1, "март": 1}


def test_drafts_and_scheduled_posts_are_neither_listed_nor_counted(client, monkeypatch):
    topic, partner = factories.topic(), factories.partner()
    moment = timezone.now() + datetime.timedelta(hours=1)
    for post in (factories.draft(topic=topic), factories.post(topic=topic, published_at=moment)):
        post.participations.create(partner=partner)
    pages = ["/news/", topic.get_absolute_url(), partner.get_absolute_url()]
    assert [titles(client.get(path)) for path in pages] == [[], [], []]
    assert counts(client, "/news/") == {}
    assert list(client.get("/topics/").context["topics"]) == []
    assert list(client.get("/partners/").context["page"]) == []
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert [len(titles(client.get(path))) for path in pages] == [1, 1, 1]
    assert list(counts(client, "/news/").values()) == [1]
    assert [topic.post_count for topic in client.get("/topics/").context["topics"]] == [1]
    assert [partner.post_count for partner in client.get("/partners/").context["page"]] == [1]


def test_a_page_too_deep_leads_to_the_last_allowed_one(client, monkeypatch):
    monkeypatch.setattr("college_site.paging.MOST_PAGES", 2)
    for _ in range(30):
        factories.post()
    page = client.get("/news/?page=99999999999999").context["page"]
    assert (page.number, page.paginator.num_pages, len(page)) == (2, 2, 12)


@pytest.mark.parametrize("asked", ["0", "-1", "x", "", "٣", "\0"])
def test_what_is_no_page_number_leads_to_the_first_page(client, asked):
    for _ in range(13):
        factories.post()
    assert client.get("/news/", {"page": asked}).context["page"].number == 1


def test_pages_keep_the_kind_and_name_their_neighbours(client):
    for _ in range(30):
        factories.post()
    html = client.get("/news/?kind=report&page=2").content.decode()
    assert '<link rel="prev" href="?kind=report&amp;page=1">' in html
    assert '<link rel="next" href="?kind=report&amp;page=3">' in html
    assert '<a href="?kind=report&amp;page=3" rel="next">' in html


def test_counting_stops_at_a_bound(client, monkeypatch):
    monkeypatch.setattr(paging, "MOST_COUNTED", 2)
    for _ in range(5):
        factories.post(published_at=at(2022, 2, 24))
    assert counts(client)["2021–2022"] == 3


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 публикация"), (2, "2 публикации"), (5, "5 публикаций"), (21, "21 публикация")],
)
def test_counts_are_in_good_russian(number, words):
    assert post_count(number) == words.replace(" ", NBSP)


def test_a_count_that_stopped_says_so():
    assert post_count(paging.MOST_COUNTED + 1) == f"больше{NBSP}500{NBSP}публикаций"


def test_a_list_takes_six_queries_however_long_the_archive(client):
    for year in range(2005, 2026):
        factories.photo(factories.post(published_at=at(year, 10, 1)), is_cover=True)
    for path in ("/news/", "/news/2021-2022/", "/news/2021-2022/10/?kind=report"):
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= 6, path


def test_a_slug_like_a_year_is_refused():
    post = factories.post(title="2021 2022")
    assert post.slug == "novost-2021-2022"
    post.slug = "2021-2022"
    assert "slug" in post_errors(post)


def post_errors(post):
    try:
        post.full_clean()
    except Exception as error:
        return error.message_dict
    return {}


def test_the_years_of_a_headline_hold_together_and_those_of_the_title_are_plain(client):
    page = client.get("/news/2021-2022/").content.decode()
    assert f"<h1>Новости за 2021–\N{WORD JOINER}2022 учебный{NBSP}год</h1>" in page
    assert f"<title>Новости за 2021–2022 учебный{NBSP}год — " in page


def test_programs_learn_the_way_to_a_month(client, read_page):
    page = read_page(client.get("/news/2021-2022/02/")).root
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [(step["name"], step["item"].removeprefix("http://testserver")) for step in steps] == [
        ("Главная", "/"),
        ("Новости", "/news/"),
        ("2021–2022 учебный год", "/news/2021-2022/"),
        ("февраль 2022 года", "/news/2021-2022/02/"),
    ]
