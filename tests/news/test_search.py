"""The search page, from the query string to the results."""

import datetime
import re
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def page(client, q="", **parameters):
    response = client.get(reverse("news:search"), {"q": q, **parameters}, follow=True)
    assert response.status_code == 200
    return flat(response.content.decode().replace("&nbsp;", " ").replace("\xa0", " "))


def titles(client, q, **parameters):
    """The titles of the results in order."""
    found = re.findall(r"<h2><a [^>]*>(.*?)</a></h2>", page(client, q, **parameters))
    return [re.sub("</?mark>", "", title) for title in found]


# Matches ------------------------------------------------------------------------------------------


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


def test_only_the_last_word_may_be_incomplete(client):
    factories.post(title="Политехнический техникум")
    assert titles(client, "политехн техникум") == []


def test_every_word_must_match(client):
    factories.post(title="Круглый стол")
    assert titles(client, "круглый шкаф") == []


@pytest.mark.parametrize("field", ["title", "lead", "body", "place"])
def test_every_text_field_is_searched(client, field):
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


def test_words_of_drafts_are_not_offered_as_corrections(client):
    factories.draft(title="Тайна")
    assert "тайна" not in page(client, "тайнв").lower().replace("тайнв", "")


# Ranking ------------------------------------------------------------------------------------------


def test_titles_rank_above_leads_and_leads_above_bodies(client):
    long_ago = timezone.now() - datetime.timedelta(days=3000)
    factories.post(title="В заголовке верстак", published_at=long_ago)
    factories.post(title="В лиде", lead="Верстак.", published_at=long_ago)
    factories.post(title="В тексте", body="<p>Верстак.</p>")
    assert titles(client, "верстак") == ["В заголовке верстак", "В лиде", "В тексте"]


def test_the_newer_of_equal_matches_comes_first(client):
    for days, title in ((9, "Старый верстак"), (1, "Новый верстак"), (400, "Древний верстак")):
        factories.post(title=title, published_at=timezone.now() - datetime.timedelta(days=days))
    assert titles(client, "верстак") == ["Новый верстак", "Старый верстак", "Древний верстак"]


# Corrections and keyboard layouts -----------------------------------------------------------------


def test_a_query_in_the_wrong_keyboard_layout_is_converted(client):
    factories.post(title="Новости техникума")
    html = page(client, "yjdjcnb")
    assert "Показаны результаты по запросу «новости»." in html
    assert "Искать «yjdjcnb»" in html
    assert titles(client, "yjdjcnb") == ["Новости техникума"]


def test_a_single_word_in_the_wrong_layout_is_converted(client):
    factories.post(title="Круглый стол")
    assert "Показаны результаты по запросу «круглый стол»." in page(client, "круглый cnjk")


def test_the_converted_layout_is_offered_even_without_results(client):
    factories.post(title="Верстак")
    html = page(client, "yjdjcnb")
    assert "По запросу «yjdjcnb» ничего не нашлось." in html
    assert re.search(r"вы искали «<a href=\"\?q=[^\"]*\">новости</a>»", html)


def test_a_russian_query_is_never_converted_to_latin(client):
    assert "раскладку" not in page(client, "верстак")


def test_a_misspelling_in_the_wrong_layout_is_corrected(client):
    factories.post(title="Техникум")
    html = page(client, "ntpybrev")
    assert re.search(r"Возможно, вы имели в виду <a [^>]*>техникум</a>", html)


def test_the_exact_query_can_be_searched(client):
    factories.post(title="Новости")
    html = page(client, "yjdjcnb", exact="1")
    assert "По запросу «yjdjcnb» ничего не нашлось." in html


def test_a_latin_word_with_matches_is_not_converted(client):
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
def test_a_correction_is_offered_for_a_misspelling(client, typed, meant):
    factories.post(title="Техникум: трудоустройство, круглый стол, чемпионат WorldSkills")
    html = page(client, typed)
    assert re.search(rf"Возможно, вы имели в виду <a [^>]*>{meant}</a>", html)
    assert titles(client, meant)


def test_a_correction_without_results_is_not_offered(client):
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
def test_a_result_shows_the_matching_fact(client, query, fact):
    subject = factories.topic(title="Спартакиада")
    post = factories.post(title="Встреча", topic=subject, place="Городской стадион")
    for name in ("ООО «Лютик»", "АО «Ромашка»"):
        post.participations.create(partner=factories.partner(name=name))
    html = page(client, query)
    assert f"<p>{fact}" in html
    assert html.count("<mark>") == 1


def test_a_match_in_the_title_shows_no_further_fact(client):
    factories.post(title="Спартакиада", topic=factories.topic(title="Спартакиада"))
    assert "Тема:" not in page(client, "спартакиада")


def test_matches_are_highlighted_in_title_and_snippet(client):
    body = f"<p>{'Вступление. ' * 60}</p><p>Осмотрели токарный верстак.</p><p>{'Конец. ' * 60}</p>"
    factories.post(title="Верстаки", lead="", body=body)
    html = page(client, "верстак")
    assert "<mark>Верстаки</mark>" in html
    assert re.search(r"<p>… [^<]*токарный <mark>верстак</mark>\.[^<]* …\s*</p>", html)


def test_markup_in_texts_and_queries_is_escaped(client):
    factories.post(title="<script>верстак</script> b", body="<p>&lt;img src=x&gt; верстак</p>")
    html = page(client, "<b>верстак</b>")
    assert "&lt;script&gt;<mark>верстак</mark>" in html
    assert "&lt;img src=x&gt; <mark>верстак</mark>" in html
    assert not re.search(r"<(script|img)\b|<b>верстак", html)


# Filters and pages --------------------------------------------------------------------------------


def create_post(year, month, day):
    return timezone.make_aware(datetime.datetime(year, month, day, 0, 30))


def test_results_can_be_filtered_by_academic_year(client):
    factories.post(title="Август верстак", published_at=create_post(2022, 8, 31))
    factories.post(title="Сентябрь верстак", published_at=create_post(2021, 9, 1))
    factories.post(title="Новый верстак", published_at=create_post(2022, 9, 1))
    found = titles(client, "верстак", year="2021-2022")
    assert sorted(found) == ["Август верстак", "Сентябрь верстак"]


def test_results_can_be_filtered_by_topic_and_partner(client):
    factories.post(title="Прочий верстак")
    post = factories.post(title="Искомый верстак", topic=factories.topic(slug="sport"))
    post.participations.create(partner=factories.partner(slug="zavod"))
    for narrowed in ({"topic": "sport"}, {"partner": "zavod"}):
        assert titles(client, "верстак", **narrowed) == ["Искомый верстак"]
    html = page(client, "верстак")
    assert '<option value="sport">' in html
    assert '<option value="zavod">' in html


def test_empty_filters_are_removed_from_the_url(client):
    response = client.get("/search/?q=верстак&year=&topic=sport&partner=")
    assert response.headers["Location"] == f"/search/?q={quote('верстак')}&topic=sport"


def test_filters_without_results_link_to_the_unfiltered_search(client):
    factories.post(title="Верстак")
    assert "?q=%D0%B2%D0%B5%D1%80%D1%81%D1%82%D0%B0%D0%BA" in page(
        client, "верстак", topic="no-such"
    )


def test_page_links_keep_the_filters(client):
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


# Unusual queries ----------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["", " ", "!!!", "и", "«»", "\0", "🙂"])
def test_a_query_without_words_gets_a_hint(client, query):
    assert re.search("Напишите", page(client, query))


def test_a_long_query_is_cut_with_a_notice(client):
    factories.post(title="Верстак")
    assert "Запрос длинный" in page(client, "верстак " * 1000)
    assert titles(client, "верстак " * 1000) == ["Верстак"]
