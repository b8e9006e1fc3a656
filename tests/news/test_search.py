"""The page that finds posts, from the query in its address to the results."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def page(client, q="", **parameters):
    response = client.get(reverse("news:search"), {"q": q, **parameters}, follow=True)
    assert response.status_code == 200
    return flat(response.content.decode().replace("&nbsp;", " ").replace("\xa0", " "))


def titles(client, q, **parameters):
    """The titles of the results in their order."""
    found = re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page(client, q, **parameters))
    return [re.sub("</?mark>", "", title) for title in found]


# What is found ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("О трудоустройстве", "трудоустройство"),
        ("Проблемы трудоустройства выпускников", "трудоустройство выпускника"),
        ("Новогодняя ёлка", "елка"),
        ("Новогодняя елка", "ёлка"),
        ("КРУГЛЫЙ СТОЛ", "круглый стол"),
        ("Политехнический техникум", "политехн"),
        ("Круглый стол в техникуме", "техникум круглый"),
        ("Чемпионат WorldSkills", "worldskills"),
        ("Набор 2026 года", "2026"),
        ("Научно-практическая встреча", "практические"),
        ("Уда\u0301рник труда", "ударник"),
        ("Колледж", "коллед"),
        ("День открытых дверей", "дня открытых дверей"),
        ("День открытых дверей", "дням открытых дверей"),
        ("День карьеры", "дня карьеры"),
        ("Сварной шов", "швы"),
        ("Дети сотрудников", "ребёнка"),
        ("Технические кружки", "кружок"),
        ("Блюда столовых", "столовая"),
        ("Конкурсы и викторины", "викторина"),
        ("Токарные станки", "станк"),
    ],
)
def test_a_word_is_found_in_any_form(client, text, query):
    factories.post(title="Другая публикация")
    factories.post(title=text)
    assert titles(client, query) == [text]


def test_only_the_last_word_may_be_unfinished(client):
    factories.post(title="Политехнический техникум")
    assert titles(client, "политехн техникум") == []


def test_every_word_has_to_occur(client):
    factories.post(title="Круглый стол")
    assert titles(client, "круглый шкаф") == []


@pytest.mark.parametrize("field", ["title", "lead", "body", "place"])
def test_every_text_of_a_post_is_searched(client, field):
    post = factories.post(**{"title": "Встреча", field: "Токарный верстак"})
    assert titles(client, "верстаки") == [post.title]


def test_a_post_is_found_by_its_topic_and_its_partners(client):
    post = factories.post(topic=factories.topic(title="Спартакиада"))
    post.participations.create(partner=factories.partner(name="Ромашка"))
    assert titles(client, "спартакиады") == titles(client, "ромашки") == [post.title]


def test_drafts_and_scheduled_posts_are_not_found(client):
    factories.draft(title="Верстак")
    factories.post(title="Верстак", published_at=timezone.now() + datetime.timedelta(hours=1))
    assert titles(client, "верстак") == []


def test_what_only_a_draft_says_is_not_offered_as_a_correction(client):
    factories.draft(title="Тайна")
    assert "тайна" not in page(client, "тайнв").lower().replace("тайнв", "")


# The order ----------------------------------------------------------------------------------------


def test_a_title_counts_for_more_than_a_lead_and_a_lead_for_more_than_a_body(client):
    long_ago = timezone.now() - datetime.timedelta(days=3000)
    factories.post(title="В заголовке верстак", published_at=long_ago)
    factories.post(title="В лиде", lead="Верстак.", published_at=long_ago)
    factories.post(title="В тексте", body="<p>Верстак.</p>")
    assert titles(client, "верстак") == ["В заголовке верстак", "В лиде", "В тексте"]


def test_of_equal_matches_the_newer_comes_first(client):
    for days, title in ((9, "Старый верстак"), (1, "Новый верстак"), (400, "Древний верстак")):
        factories.post(title=title, published_at=timezone.now() - datetime.timedelta(days=days))
    assert titles(client, "верстак") == ["Новый верстак", "Старый верстак", "Древний верстак"]


# What helps ---------------------------------------------------------------------------------------


def test_the_wrong_keyboard_layout_is_noticed_and_told(client):
    factories.post(title="Новости техникума")
    html = page(client, "yjdjcnb")
    assert "Показаны результаты по запросу «новости»." in html
    assert "Искать «yjdjcnb»" in html
    assert titles(client, "yjdjcnb") == ["Новости техникума"]


def test_one_word_of_several_may_be_typed_in_the_wrong_layout(client):
    factories.post(title="Круглый стол")
    assert "Показаны результаты по запросу «круглый стол»." in page(client, "круглый cnjk")


def test_the_wrong_layout_is_told_also_where_nothing_is_found(client):
    factories.post(title="Верстак")
    html = page(client, "yjdjcnb")
    assert "По запросу «yjdjcnb» ничего не нашлось." in html
    assert re.search(r"вы искали «<a href=\"\?q=[^\"]*\">новости</a>»", html)


def test_a_russian_query_that_finds_nothing_is_not_taken_for_a_latin_one(client):
    assert "раскладку" not in page(client, "верстак")


def test_a_misspelling_in_the_wrong_layout_leads_to_what_was_meant(client):
    factories.post(title="Техникум")
    html = page(client, "ntpybrev")
    assert re.search(r"Возможно, вы имели в виду <a [^>]*>техникум</a>", html)


def test_what_was_typed_can_be_searched_all_the_same(client):
    factories.post(title="Новости")
    html = page(client, "yjdjcnb", exact="1")
    assert "По запросу «yjdjcnb» ничего не нашлось." in html


def test_a_latin_word_that_is_found_stays_latin(client):
    factories.post(title="Команда Hello")
    factories.post(title="Руддщ")
    assert titles(client, "hello") == ["Команда Hello"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("тезникум", "техникум"),
        ("трудаустройство", "трудоустройство"),
        ("круглый сотл", "круглый стол"),
        ("чемпионнат", "чемпионат"),
        ("worldskils", "worldskills"),
    ],
)
def test_a_misspelling_leads_to_what_was_meant(client, typed, meant):
    factories.post(title="Техникум: трудоустройство, круглый стол, чемпионат WorldSkills")
    html = page(client, typed)
    assert re.search(rf"Возможно, вы имели в виду <a [^>]*>{meant}</a>", html)
    assert titles(client, meant)


def test_a_correction_that_would_find_nothing_is_not_offered(client):
    factories.post(title="Техникум")
    factories.post(title="Стол")
    assert "Возможно" not in page(client, "тезникум стол")


@pytest.mark.parametrize(
    ("query", "fact"),
    [
        ("ромашка", "Участники: АО «<mark>Ромашка</mark>»"),
        ("спартакиада", "Тема: <mark>Спартакиада</mark>"),
        ("стадион", "Место: Городской <mark>стадион</mark>"),
    ],
)
def test_a_post_says_which_fact_it_was_found_by(client, query, fact):
    subject = factories.topic(title="Спартакиада")
    post = factories.post(title="Встреча", topic=subject, place="Городской стадион")
    for name in ("ООО «Лютик»", "АО «Ромашка»"):
        post.participations.create(partner=factories.partner(name=name))
    html = page(client, query)
    assert f"<p>{fact}" in html
    assert html.count("<mark>") == 1


def test_a_match_in_the_title_needs_no_other_reason(client):
    factories.post(title="Спартакиада", topic=factories.topic(title="Спартакиада"))
    assert "Тема:" not in page(client, "спартакиада")


def test_matches_are_marked_in_the_title_and_in_a_fragment(client):
    body = f"<p>{'Вступление. ' * 60}</p><p>Осмотрели токарный верстак.</p><p>{'Конец. ' * 60}</p>"
    factories.post(title="Верстаки", lead="", body=body)
    html = page(client, "верстак")
    assert "<mark>Верстаки</mark>" in html
    assert re.search(r"<p>… [^<]*токарный <mark>верстак</mark>\.[^<]* …\s*</p>", html)


def test_markup_in_texts_and_queries_stays_text(client):
    factories.post(title="<script>верстак</script> b", body="<p>&lt;img src=x&gt; верстак</p>")
    html = page(client, "<b>верстак</b>")
    assert "&lt;script&gt;<mark>верстак</mark>" in html
    assert "&lt;img src=x&gt; <mark>верстак</mark>" in html
    assert not re.search(r"<(script|img)\b|<b>верстак", html)


# Filters and pages --------------------------------------------------------------------------------


def published(year, month, day):
    return timezone.make_aware(datetime.datetime(year, month, day, 0, 30))


def test_results_can_be_narrowed_to_an_academic_year(client):
    factories.post(title="Август верстак", published_at=published(2022, 8, 31))
    factories.post(title="Сентябрь верстак", published_at=published(2021, 9, 1))
    factories.post(title="Новый верстак", published_at=published(2022, 9, 1))
    found = titles(client, "верстак", year="2021-2022")
    assert sorted(found) == ["Август верстак", "Сентябрь верстак"]


def test_results_can_be_narrowed_to_a_topic_and_a_partner(client):
    factories.post(title="Прочий верстак")
    post = factories.post(title="Искомый верстак", topic=factories.topic(slug="sport"))
    post.participations.create(partner=factories.partner(slug="zavod"))
    for narrowed in ({"topic": "sport"}, {"partner": "zavod"}):
        assert titles(client, "верстак", **narrowed) == ["Искомый верстак"]
    html = page(client, "верстак")
    assert '<option value="sport">' in html
    assert '<option value="zavod">' in html


def test_a_filter_that_a_form_left_empty_leaves_the_address(client):
    response = client.get("/search/?q=верстак&year=&topic=sport&partner=")
    assert response.headers["Location"] == f"/search/?q={quote('верстак')}&topic=sport"


def test_filters_that_leave_nothing_lead_back(client):
    factories.post(title="Верстак")
    assert "?q=%D0%B2%D0%B5%D1%80%D1%81%D1%82%D0%B0%D0%BA" in page(
        client, "верстак", topic="no-such"
    )


def test_links_to_other_pages_keep_the_search(client):
    subject = factories.topic(slug="sport")
    for _ in range(13):
        factories.post(title="Верстак", topic=subject)
    html = page(client, "верстак", topic="sport")
    assert "topic=sport&amp;page=2" in html
    assert len(titles(client, "верстак", topic="sport", page="2")) == 1


def test_a_page_of_results_takes_twelve_queries_at_most(client, django_assert_max_num_queries):
    factories.college()
    for _ in range(13):
        post = factories.post(title="Техникум", topic=factories.topic())
        post.participations.create(partner=factories.partner())
    narrow = {"topic": post.topic.slug, "partner": post.participations.get().partner.slug}
    for query in ("техникум", "nt[ybrev", "тезникум", "ntpybrev"):
        for filters in ({}, {**narrow, "year": post.academic_year.slug}, {"topic": "no-such"}):
            with django_assert_max_num_queries(12):
                page(client, query, **filters)


# Whatever is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", " ", "!!!", "и", "«»", "\0", "🙂"])
def test_a_query_without_words_gets_a_hint(client, query):
    assert re.search("Напишите", page(client, query))


def test_a_long_query_is_cut_and_says_so(client):
    factories.post(title="Верстак")
    assert "Запрос длинный" in page(client, "верстак " * 1000)
    assert titles(client, "верстак " * 1000) == ["Верстак"]


HOSTILE = [
    *(
        '"',
        '"верстак',
        "NEAR(",
        "NEAR(a b, 2)",
        "title:верстак",
        "col:x",
        "*",
        "верстак*",
        "^",
        "^a",
    ),
    *("AND", "a AND", "OR NOT", "-", "(", ")", "{", "a:*", "a & b", "!a", "a | ", "<->", "'", "\\"),
    *("a\0b", "\0", "\ud800", "%", "_", "; DROP TABLE", "İſK", "и\u0306", "x" * 5000),
    " ".join(f"слово{number}" for number in range(1000)),
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_answered(client, query):
    factories.post(title="Верстак İſK a b")
    page(client, query.encode(errors="surrogatepass"))


@pytest.mark.parametrize(
    "value", ["\0", "x" * 999, "9" * 4301, "2021-2023", "0000-0001", "٢٠٢١-٢٠٢٢"]
)
def test_a_hostile_filter_is_answered(client, value):
    factories.post(title="Верстак")
    page(client, "верстак", year=value, topic=value, partner=value, page=value)


@given(st.text(max_size=120), st.text(max_size=20))
def test_any_query_is_answered(client, query, value):
    page(client, query, year=value, topic=value, partner=value, page=value)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_any_title_is_indexed(text):
    factories.post(title=text, slug=f"post-{next(factories.numbers)}")
