"""Models of the search index, which is written by news.search.index."""

from django.db import models
from django.db.models import Exists, OuterRef

from college_site.russian.words import LONGEST
from news.models.fulltext import FullTextField
from news.models.posts import Post


class SearchEntry(models.Model):
    """The words of one post and their lemmas; also drafts are indexed.

    `words` contains every token of the post once; the other columns are for ranking. Queries
    combine it with Post.objects.published(). The migration creates the table by SQL: on SQLite
    it is an FTS5 table, which has no foreign keys.
    """

    post = models.OneToOneField(
        "news.Post",
        models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="search_entry",
    )
    title = models.TextField()
    lead = models.TextField()
    extra = models.TextField()
    words = FullTextField()

    class Meta:
        verbose_name = "запись поискового указателя"
        verbose_name_plural = "поисковый указатель"

    def __str__(self):
        return self.title


class PhotoEntry(models.Model):
    """The words of one photograph's caption, alternative text and post, and their lemmas.

    Written by news.search.photo_index; a table like that of SearchEntry.
    """

    photo = models.OneToOneField(
        "news.Photo",
        models.DO_NOTHING,
        primary_key=True,
        db_column="rowid",
        db_constraint=False,
        related_name="search_entry",
    )
    words = FullTextField()

    class Meta:
        verbose_name = "запись указателя фотографий"
        verbose_name_plural = "указатель фотографий"

    def __str__(self):
        return self.words


class WordQuerySet(models.QuerySet):
    def published(self):
        """Words of published posts."""
        posts = Post.objects.published().filter(search_entry__words__has_word=OuterRef("word"))
        return self.filter(Exists(posts))


class Word(models.Model):
    """A word of a post, offered as a correction of a similar word in a query.

    Words are not deleted together with their posts; use published() to leave out unused ones.
    """

    word = models.CharField(max_length=LONGEST, primary_key=True)
    lemma = models.CharField(max_length=LONGEST, db_index=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = "слово публикаций"
        verbose_name_plural = "слова публикаций"

    def __str__(self):
        return self.word
