"""What the search reads instead of the posts themselves; news.search.index writes it."""

from django.db import models
from django.db.models import Exists, OuterRef

from college_site.words import LONGEST
from news.models.posts import Post
from news.models.stems import StemsField


class SearchEntry(models.Model):
    """The stems of one post, whatever its state: who reads them asks Post.objects.published().

    `words` holds each stem of the whole post; the others serve the ranking. The table is made by
    its migration: on SQLite it is an FTS5 table, which knows no foreign keys.
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
    words = StemsField()

    class Meta:
        verbose_name = "запись поискового указателя"
        verbose_name_plural = "поисковый указатель"

    def __str__(self):
        return self.title


class WordQuerySet(models.QuerySet):
    def published(self):
        """Words that stand, in whatever form, in a post that visitors may see."""
        posts = Post.objects.published().filter(search_entry__words__has_stem=OuterRef("stem"))
        return self.filter(Exists(posts))


class Word(models.Model):
    """A word as it stands, or stood, in some post: what a misspelt one may have been meant to be.

    Words outlive their posts, since nobody counts how many posts have them; who reads them asks
    published().
    """

    word = models.CharField(max_length=LONGEST, primary_key=True)
    stem = models.CharField(max_length=LONGEST, db_index=True)

    objects = WordQuerySet.as_manager()

    class Meta:
        verbose_name = "слово публикаций"
        verbose_name_plural = "слова публикаций"

    def __str__(self):
        return self.word
