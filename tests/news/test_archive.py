"""The list of posts by academic year, month and kind, and its counts."""

import datetime
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from college_site.russian.academic_year import AcademicYear
from news import pagination
from news.archive import list_years_since
from news.models import Post
from news.templatetags.counts import post_count
from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


def at(*parts):
    return timezone.make_aware(datetime.datetime(*parts))


def titles(response):
    return [post.title for post in response.context["page"]]


def counts(client, path="/news/2021-2022/"):
    """{name: number} of the archive's navigation."""
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
    assert f"<h1>Новости за{NBSP}февраль 2022{NBSP}года</h1>" in response.content.decode()


@pytest.mark.parametrize(
    "path",
    ["2021-2025", "2022-2021", "0000-0001", "9999-10000", "2021-2022/00", "2021-2022/13"],
)
def test_an_invalid_period_is_not_found(client, path):
    assert client.get(f"/news/{path}/").status_code == 404


def test_an_empty_period_links_to_all_news(client):
    html = flat(client.get("/news/2010-2011/").content.decode())
    assert '>Публикаций за это время нет. <a href="/news/">' in html


def test_an_empty_kind_in_a_period_links_to_all_news(client):
    html = flat(client.get("/news/2010-2011/?kind=notice").content.decode())
    assert 'Таких публикаций за это время нет. <a href="/news/">' in html


def test_an_empty_current_period_says_that_posts_may_follow(client):
    year = AcademicYear.of(timezone.now())
    html = flat(client.get(f"/news/{year.slug}/").content.decode())
    assert '>Публикаций здесь пока нет. <a href="/news/">' in html


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/news/", "Новости"),
        ("/news/?kind=report", "Репортажи"),
        ("/news/2021-2022/", f"Новости за 2021–2022 учебный{NBSP}год"),
        ("/news/2021-2022/02/?kind=notice", f"Объявления за февраль 2022{NBSP}года"),
    ],
)
def test_the_open_graph_title_of_a_list_matches_its_filters(client, read_page, path, title):
    metas = read_page(client.get(path)).root.all("meta")
    assert [meta["content"] for meta in metas if meta.get("property") == "og:title"] == [title]


def subjects_with_posts():
    """A topic and a partner with one post each in 2021–2022 and 2022–2023."""
    topic, partner = factories.topic(title="Спорт"), factories.partner(name="Завод")
    for year in (2021, 2022):
        post = factories.post(title=f"Осень {year}", topic=topic, published_at=at(year, 10, 1))
        post.participations.create(partner=partner)
    factories.post(title="Прочее", published_at=at(2021, 10, 1))
    return topic, partner


def test_topics_and_partners_link_their_academic_years(client):
    for subject in subjects_with_posts():
        path = subject.get_absolute_url()
        years = client.get(path).context["years"]
        assert [(entry.name, entry.count) for entry in years] == [
            ("2022–2023", 1),
            ("2021–2022", 1),
        ]
        assert years[1].url == f"{path}2021-2022/"
        assert titles(client.get(years[1].url)) == ["Осень 2021"]


def test_a_year_of_a_topic_or_partner_has_title_and_backlink(client, read_page):
    for subject in subjects_with_posts():
        path = subject.get_absolute_url()
        root = read_page(client.get(f"{path}2021-2022/")).root
        title = f"{subject}, 2021–2022 учебный год"
        assert next(root.all("title")).text().startswith(title)
        assert next(root.all("h1")).text() == title.replace("–", "–\N{WORD JOINER}")
        links = {link.text(): link["href"] for link in root.all("a")}
        assert links[str(subject)] == links["Все годы"] == path
        canonical = [each["href"] for each in root.all("link") if each["rel"] == "canonical"]
        assert canonical == [f"http://testserver{path}2021-2022/"]


def test_an_empty_year_of_a_topic_or_partner_links_back(client):
    for subject in subjects_with_posts():
        path = subject.get_absolute_url()
        html = flat(client.get(f"{path}2010-2011/").content.decode())
        assert f'за это время нет. <a href="{path}">Посмотрите все публикации' in html


def test_a_topic_year_has_structured_breadcrumbs(client, read_page):
    topic, _ = subjects_with_posts()
    page = read_page(client.get(f"{topic.get_absolute_url()}2021-2022/")).root
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [step["name"] for step in steps] == [
        "Главная",
        "Новости",
        "Темы",
        "Спорт",
        "2021–2022 учебный год",
    ]


@pytest.mark.parametrize("hidden_until", [None, datetime.timedelta(hours=1)])
def test_a_topic_or_partner_without_published_posts_is_not_found(client, hidden_until):
    topic, partner = factories.topic(), factories.partner()
    moment = hidden_until and timezone.now() + hidden_until
    factories.post(topic=topic, published_at=moment).participations.create(partner=partner)
    for subject in (topic, partner):
        for name in ("", "2021-2022/", "rss.xml"):
            assert client.get(subject.get_absolute_url() + name).status_code == 404


def test_a_kind_filters_every_list_and_its_counts(client):
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


def test_the_counts_follow_every_change_immediately(client):
    post = factories.post(published_at=at(2022, 2, 24))
    factories.post(published_at=at(2022, 3, 1))
    assert counts(client) == {"2021–2022": 2, "февраль": 1, "март": 1}
    post.unpublish()
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
    assert titles(client.get("/news/")) == []
    assert [client.get(path).status_code for path in pages] == [200, 404, 404]
    assert counts(client, "/news/") == {}
    assert list(client.get("/topics/").context["topics"]) == []
    assert list(client.get("/partners/").context["page"]) == []
    monkeypatch.setattr(timezone, "now", lambda: moment)
    assert [len(titles(client.get(path))) for path in pages] == [1, 1, 1]
    assert list(counts(client, "/news/").values()) == [1]
    assert [topic.post_count for topic in client.get("/topics/").context["topics"]] == [1]
    assert [partner.post_count for partner in client.get("/partners/").context["page"]] == [1]


def test_a_page_number_beyond_the_limit_shows_the_last_page(client, monkeypatch):
    monkeypatch.setattr("college_site.pages.pagination.BoundedPaginator.max_pages", 2)
    for _ in range(30):
        factories.post()
    page = client.get("/news/?page=99999999999999").context["page"]
    assert (page.number, page.paginator.num_pages, len(page)) == (2, 2, 12)


@pytest.mark.parametrize("requested", ["0", "-1", "x", "", "٣", "\0"])
def test_an_invalid_page_number_shows_the_first_page(client, requested):
    for _ in range(13):
        factories.post()
    assert client.get("/news/", {"page": requested}).context["page"].number == 1


def test_page_links_keep_the_kind_and_have_rel_attributes(client):
    for _ in range(30):
        factories.post()
    html = client.get("/news/?kind=report&page=2").content.decode()
    assert '<link rel="prev" href="?kind=report&amp;page=1">' in html
    assert '<link rel="next" href="?kind=report&amp;page=3">' in html
    assert '<a href="?kind=report&amp;page=3" rel="next">' in html


def test_counting_stops_at_a_limit(client, monkeypatch):
    monkeypatch.setattr(pagination, "MAX_COUNTED", 2)
    for _ in range(5):
        factories.post(published_at=at(2022, 2, 24))
    assert counts(client)["2021–2022"] == 3


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1 публикация"), (2, "2 публикации"), (5, "5 публикаций"), (21, "21 публикация")],
)
def test_counts_have_the_right_russian_plural(number, words):
    assert post_count(number) == words.replace(" ", NBSP)


def test_a_count_beyond_the_limit_is_shown_as_more_than():
    assert post_count(pagination.MAX_COUNTED + 1) == f"больше{NBSP}500{NBSP}публикаций"


def test_a_list_takes_six_queries_at_most(client):
    factories.college()
    topic, partner = factories.topic(), factories.partner()
    for year in range(2005, 2026):
        post = factories.post(published_at=at(year, 10, 1), topic=topic)
        post.participations.create(partner=partner)
        factories.photo(post, is_cover=True)
    subjects = [topic.get_absolute_url(), partner.get_absolute_url()]
    years = [f"{path}2021-2022/?kind=report" for path in subjects]
    archive = ["/news/", "/news/2021-2022/", "/news/2021-2022/10/?kind=report"]
    for path in [*archive, *subjects, *years]:
        with CaptureQueriesContext(connection) as queries:
            client.get(path)
        assert len(queries) <= 6, path


def test_a_slug_that_looks_like_a_year_is_refused():
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


def test_years_have_word_joiners_in_headings_but_not_titles(client):
    page = client.get("/news/2021-2022/").content.decode()
    assert f"<h1>Новости за{NBSP}2021–\N{WORD JOINER}2022 учебный{NBSP}год</h1>" in page
    assert f"<title>Новости за 2021–2022 учебный{NBSP}год — " in page


def test_a_month_has_structured_breadcrumbs(client, read_page):
    page = read_page(client.get("/news/2021-2022/02/")).root
    data = next(each for each in page.all("script") if each.get("type") == "application/ld+json")
    steps = json.loads(data.text())["@graph"][0]["itemListElement"]
    assert [(step["name"], step["item"].removeprefix("http://testserver")) for step in steps] == [
        ("Главная", "/"),
        ("Новости", "/news/"),
        ("2021–2022 учебный год", "/news/2021-2022/"),
        ("февраль 2022 года", "/news/2021-2022/02/"),
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/news/", [("Новости", "page"), ("Все", "true")]),
        ("/news/?kind=report", [("Новости", "page"), ("Репортажи", "true")]),
        ("/news/?kind=announcement", [("Новости", "page"), ("Анонсы", "true")]),
        ("/news/?kind=notice", [("Новости", "page"), ("Объявления", "true")]),
        (
            "/news/2021-2022/",
            [("Новости", "true"), ("Все", "true"), ("2021–2022 1 публикация", "page")],
        ),
        (
            "/news/2021-2022/10/",
            [
                ("Новости", "true"),
                ("Все", "true"),
                ("2021–2022 1 публикация", "true"),
                ("октябрь 1 публикация", "page"),
            ],
        ),
    ],
)
def test_the_chosen_kind_and_period_are_marked_as_current(client, read_page, path, current):
    factories.post(published_at=at(2021, 10, 1))
    links = read_page(client.get(path)).root.all("a")
    marked = {link.text(): link["aria-current"] for link in links if link.get("aria-current")}
    plain = {words.replace("\u2060", "").replace(NBSP, " "): marked[words] for words in marked}
    assert plain == dict(current)


def test_a_post_of_the_first_moment_belongs_to_the_new_year(client):
    factories.post(title="Первое сентября", published_at=at(2022, 9, 1))
    assert titles(client.get("/news/2022-2023/")) == ["Первое сентября"]
    assert titles(client.get("/news/2021-2022/")) == []


def test_the_navigation_leads_back_thirty_years_at_most(monkeypatch):
    monkeypatch.setattr("news.archive.MAX_YEARS", 2)
    years = list_years_since(timezone.now() - datetime.timedelta(days=5 * 365))
    assert len(years) == 2
    assert years[0] == AcademicYear.of(timezone.now())
