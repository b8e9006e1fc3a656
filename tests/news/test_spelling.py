"""The check of spelling in the admin: what is found in the texts of a college, and who may ask."""

import json
import re
import time
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils.html import strip_tags

from college_site.accounts.roles import AUTHOR, EDITOR
from feedback.models import Suggestion
from news.editing.spelling import MAX_WORDS, check_words
from news.models import KnownWord, Photo, Post
from tests import factories
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db
COLLEGE_PAGE = Path(__file__).parents[1] / "cases" / "college_page.txt"
CHECK, ADD = "/admin/news/post/spelling/", "/admin/news/post/spelling/words/"
# As static/js/admin/text_check/spelling.js takes a text apart.
WORD = re.compile(r"(?i:был[аои]?|буд[еу]т)\s+[а-яё]+нн[аоы]\b|[\w\u00ad]+(?:[-‑]\w+)*")


def list_words(html):
    return list(dict.fromkeys(WORD.findall(unescape(strip_tags(html.replace("<", " <"))))))


def ask(client, address, content):
    return client.post(address, json.dumps(content), "application/json")


@pytest.fixture
def editor():
    return log_in(factories.member(EDITOR))


def test_the_misprints_of_the_college_page_are_found_with_corrections():
    factories.partner(name="АО «Облкоммунэнерго»")
    factories.partner(name="Балаковоатомэнергоремонт")
    found = check_words(list_words(COLLEGE_PAGE.read_text()))
    assert {word: entry["offers"][0] for word, entry in found.items()} == {
        "совещание-дисскусия": "совещание-дискуссия",
        "професстонального": "профессионального",
        "неоходимости": "необходимости",
        "дисскусии": "дискуссии",
        "была организованна": "была организована",
        "Оболкоммунэнерго": "Облкоммунэнерго",
    }


def test_no_word_of_the_demo_is_doubted():
    call_command("demo", verbosity=0)
    posts = [f"{post.title} {post.lead} {post.body} {post.place}" for post in Post.objects.all()]
    captions = [f"{photo.caption} {photo.alt}" for photo in Photo.objects.all()]
    suggestions = [f"{each.text} {each.answer}" for each in Suggestion.objects.all()]
    words = list_words(" ".join([*posts, *captions, *suggestions]))
    assert len(words) > 1500
    assert check_words(words) == {}


def test_names_of_partners_and_topics_are_known_in_all_forms():
    words = ["Энергоспецмонтаж", "Энергоспецмонтажа", "квантонике"]
    assert set(check_words(words)) == {"квантонике"}
    factories.partner(name="АО «Энергоспецмонтаж»")
    factories.topic(title="Квантоника")
    assert check_words(words) == {}


def test_twenty_thousand_characters_are_checked_within_a_second():
    text = COLLEGE_PAGE.read_text() * 5
    words = [f"{word}{'ъ' if place % 25 == 0 else ''}" for place, word in enumerate(text.split())]
    check_words(["разогрев"])
    start = time.process_time()
    check_words(list(dict.fromkeys(words)))
    assert time.process_time() - start < 1


def test_an_editor_adds_a_word_whose_forms_are_known_then(editor):
    assert "мозгобойней" in ask(editor, CHECK, {"words": ["мозгобойней"]}).json()["unknown"]
    for _ in range(2):
        assert ask(editor, ADD, {"word": "Мозгобойня"}).status_code == 200
    assert KnownWord.objects.get().word == "мозгобойня"
    assert ask(editor, CHECK, {"words": ["мозгобойней", "Мозгобойня"]}).json() == {"unknown": {}}


def test_an_author_may_ask_but_add_no_word():
    client = log_in(factories.member(AUTHOR))
    assert ask(client, CHECK, {"words": ["незнаю"]}).json()["unknown"]["незнаю"]["offers"]
    response = ask(client, ADD, {"word": "незнаю"})
    assert (response.status_code, KnownWord.objects.count()) == (403, 0)


@pytest.mark.parametrize(
    "word", ["", "two", "два слова", "<b>слово</b>", "сло\u200fво", "а" * 41, "\0", 5, None, ["а"]]
)
def test_the_dictionary_takes_nothing_but_a_russian_word(editor, word):
    response = ask(editor, ADD, {"word": word})
    assert (response.status_code, KnownWord.objects.count()) == (422, 0)
    assert response.json()["message"]


@pytest.mark.parametrize(
    "content",
    [{}, [], "x", {"words": "слово"}, {"words": [1]}, {"words": ["слово"] * (MAX_WORDS + 1)}],
)
def test_a_request_that_no_page_sends_is_refused(editor, content):
    response = ask(editor, CHECK, content)
    assert response.status_code == 422
    assert response.json()["message"]


def test_hostile_words_are_answered_in_time(editor):
    words = [f"щ{'ы' * (n % 38)}{n % 7 * 'ъ'}<b>" for n in range(2500)]
    words += ["\u202e" + "слво", "\ud800", "й\u0306" * 30, "a" * 100, "ф" * 5000, "-" * 90]
    start = time.process_time()
    response = ask(editor, CHECK, {"words": words})
    assert response.status_code == 200
    assert time.process_time() - start < 5


def test_the_words_of_a_text_do_not_appear_in_the_log(editor, caplog):
    ask(editor, CHECK, {"words": ["тайнаяя"]})
    ask(editor, ADD, {"word": "тайнаяя!"})
    assert "тайнаяя" not in caplog.text
