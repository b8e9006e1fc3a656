"""The search index is updated when posts change."""

import datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Post, SearchEntry, Word
from news.search.facets import Filters
from news.search.index import index_posts
from news.search.query import Query
from news.search.results import search
from tests import factories
from tests.concurrency import run_before_query

pytestmark = pytest.mark.django_db


class Failure(Exception):
    """An error raised on purpose."""


def fail():
    raise Failure


def search_titles(text):
    return [hit.pk for hit in search(Query(text), Filters()).hits]


def test_publishing_and_withdrawing_update_the_search_immediately():
    post = factories.draft(title="Станок")
    assert search_titles("станок") == []
    post.publish()
    assert search_titles("станок") == [post.pk]
    post.unpublish()
    assert search_titles("станок") == []


def test_a_scheduled_post_is_found_once_published():
    moment = timezone.now() + datetime.timedelta(hours=2)
    post = factories.post(title="Станок", published_at=moment)
    with time_machine.travel(moment - datetime.timedelta(seconds=1), tick=False):
        assert search_titles("станок") == []
    with time_machine.travel(moment, tick=False):
        assert search_titles("станок") == [post.pk]


@pytest.mark.parametrize("field", ["title", "lead", "body", "place"])
def test_an_edited_text_is_found_and_the_old_one_is_not(field):
    post = factories.post(**{field: "Станок"})
    setattr(post, field, "Верстак")
    post.save()
    assert search_titles("станок") == []
    assert search_titles("верстак") == [post.pk]


def test_saving_with_update_fields_updates_the_index():
    post = factories.post()
    post.title = "Верстак"
    post.save(update_fields=["title"])
    assert search_titles("верстак") == [post.pk]


def test_deleting_a_post_deletes_its_index_entry():
    factories.post(title="Станок").participations.create(partner=factories.partner())
    Post.objects.all().delete()
    assert not SearchEntry.objects.exists()


def test_a_renamed_topic_and_partner_are_found_by_their_new_names():
    topic, partner = factories.topic(title="Спорт"), factories.partner(name="Ромашка")
    post = factories.post(topic=topic)
    post.participations.create(partner=partner)
    topic.title, partner.name = "Физкультура", "Лютик"
    topic.save()
    partner.save()
    assert search_titles("спорт") == search_titles("ромашка") == []
    assert search_titles("физкультура") == search_titles("лютик") == [post.pk]


def test_a_removed_partner_is_no_longer_found():
    post = factories.post()
    participation = post.participations.create(partner=factories.partner(name="Ромашка"))
    participation.delete()
    assert search_titles("ромашка") == []


def test_a_rolled_back_change_does_not_update_the_index():
    post = factories.post(title="Станок")
    post.title = "Верстак"
    with transaction.atomic():
        post.save()
        transaction.set_rollback(True)
    assert search_titles("станок") == [post.pk]


def test_the_rebuild_search_command_replaces_the_index(capsys):
    post = factories.post(title="Станок")
    Post.objects.filter(pk=post.pk).update(title="Верстак")
    SearchEntry.objects.create(pk=post.pk + 1, title="", lead="", extra="", words="станок")
    Word.objects.create(word="сирота", lemma="сирота")
    call_command("rebuild_search")
    assert search_titles("верстак") == [post.pk]
    assert list(SearchEntry.objects.values_list("pk", flat=True)) == [post.pk]
    assert not Word.objects.filter(word="сирота").exists()
    assert "news: 1 texts indexed.\n" in capsys.readouterr().out


def test_rebuilding_the_search_invalidates_cached_result_pages(client):
    factories.college()
    Post.objects.filter(pk=factories.post(title="Станок").pk).update(title="Верстак")
    search = {"path": "/search/", "query_params": {"q": "верстак"}}
    tag = {"If-None-Match": client.get(**search).headers["ETag"]}
    assert client.get(**search, headers=tag).status_code == 304
    call_command("rebuild_search")
    assert client.get(**search, headers=tag).status_code == 200


def test_inline_markup_does_not_split_words_but_paragraphs_do():
    post = factories.post(body="<p>тех<strong>никум</strong></p><p>станок</p>")
    assert search_titles("техникум") == search_titles("станок") == [post.pk]


def test_words_with_a_fleeting_vowel_are_found_by_every_form():
    one = factories.post(title="Новый станок")
    many = factories.post(title="Токарные станки")
    for text in ("станок", "станки", "станков"):
        assert sorted(search_titles(text)) == [one.pk, many.pk], text
    assert one.pk in search_titles("стано")


def test_changing_a_topic_description_does_not_update_the_index():
    topic = factories.topic(title="Спорт")
    for _ in range(3):
        factories.post(topic=topic)
    topic.description = "Секции и соревнования"
    with CaptureQueriesContext(connection) as queries:
        topic.save()
    assert not [query for query in queries if "news_searchentry" in query["sql"]]


@pytest.mark.parametrize("field", ["title", "lead", "body", "place"])
def test_a_post_is_found_by_each_changed_text(field):
    post = factories.post(title="Урок")
    setattr(post, field, "Верстак")
    post.save(update_fields=[field])
    assert "верстак" in SearchEntry.objects.get(post=post).words


def test_a_failed_indexing_keeps_the_earlier_entry():
    post = factories.post(title="Верстак")
    with pytest.raises(Failure), run_before_query('INSERT INTO "news_searchentry"', fail):
        index_posts(Post.objects.all())
    assert SearchEntry.objects.filter(post=post).exists()
