"""The lemmas by which public answers are found."""

import pytest
from django.core.management import call_command
from django.db import connection

from feedback.models import Keyword, Publication, SuggestionWord
from feedback.public_answers.keywords import list_keywords, list_likeliest_lemmas
from tests import factories

pytestmark = pytest.mark.django_db


def keywords(publication):
    return set(publication.keywords.values_list("lemma", flat=True))


def test_all_forms_of_a_word_share_a_lemma():
    assert list_likeliest_lemmas("столовая столовой, СТОЛОВУЮ") == list_likeliest_lemmas("столовая")


def test_lemmas_keep_the_order_of_the_words():
    assert list_likeliest_lemmas("в столовой нет ложек") == ["столовая", "нет", "ложка"]


def test_keywords_come_from_title_text_and_answer():
    publication = factories.publication(title="Ложки", text="В столовой пусто", answer="Купили")
    assert keywords(publication) == {*list_keywords("ложки столовой пусто купили")}


def test_editing_a_publication_updates_its_keywords():
    publication = factories.publication(title="Ложки", text="В столовой пусто", answer="")
    publication.title = "Вилки"
    publication.save()
    assert keywords(publication) == {*list_keywords("вилки столовой пусто")}


def test_saving_again_duplicates_no_keywords():
    publication = factories.publication()
    before = keywords(publication)
    publication.save()
    assert keywords(publication) == before
    assert publication.keywords.count() == len(before)


def test_the_rebuild_search_command_replaces_the_keywords(capsys):
    publication = factories.publication(title="Ложки", text="В столовой пусто", answer="")
    publication.keywords.all().delete()
    publication.keywords.create(lemma="старое")
    call_command("rebuild_search")
    assert keywords(publication) == {*list_keywords("ложки столовой пусто")}
    assert "feedback: 2 texts indexed.\n" in capsys.readouterr().out


def test_rebuilding_the_search_invalidates_cached_lists_of_answers(client):
    factories.college()
    publication = factories.publication(title="Лавка")
    Publication.objects.filter(pk=publication.pk).update(title="Качели")
    search = {"path": "/feedback/answers/", "query_params": {"q": "качели"}}
    tag = {"If-None-Match": client.get(**search).headers["ETag"]}
    assert client.get(**search, headers=tag).status_code == 304
    call_command("rebuild_search")
    assert client.get(**search, headers=tag).status_code == 200


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own statistics")
@pytest.mark.parametrize("model", [Keyword, SuggestionWord])
def test_postgresql_counts_more_lemmas_than_by_default(model):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attstattarget FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
            [model._meta.db_table, "lemma"],
        )
        assert cursor.fetchone() == (1000,)
