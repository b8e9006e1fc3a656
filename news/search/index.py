"""Updates the search index and the list of words when posts change.

Posts of every state are indexed; the search filters by Post.objects.published(), so that
publishing, unpublishing and scheduled releases take effect immediately. Signal handlers write in
the transaction of the change. After changes that send no signals, such as queryset.update(),
bulk_create() or SQL, run `manage.py rebuild_search`.
"""

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver

from college_site.russian.morphology import lemmatize, list_tokens
from college_site.russian.words import list_index_words, normalize, strip_markup
from news.models import Participation, Partner, Post, SearchEntry, Topic, Word

BATCH = 200
TEXTS = {"title", "lead", "body", "place", "topic", "topic_id"}
SHORTEST_WORD = 4  # shorter words are too similar to others to be useful corrections


def index_posts(posts):
    """Write the entries of a queryset of posts."""
    keys = posts.order_by("pk").values_list("pk", flat=True)
    for start in range(0, len(keys), BATCH):
        index_batch(keys[start : start + BATCH])


@transaction.atomic
def index_batch(keys, vocabulary=frozenset()):
    """Write the entries of the posts with these keys; locks their rows against other writers.

    `vocabulary` is a set of words that are already stored. Returns the set of words of the posts.
    """
    posts = (
        Post.objects.filter(pk__in=keys)
        .order_by("pk")
        .select_for_update(of=("self",))
        .select_related("topic")
        .prefetch_related("participations__partner")
    )
    texts = {post.pk: list(map(list_index_words, list_texts(post))) for post in posts}
    SearchEntry.objects.filter(pk__in=keys).delete()
    SearchEntry.objects.bulk_create(make_entry(key, *parts) for key, parts in texts.items())
    words = {word for parts in texts.values() for part in parts for word in part}
    new = sorted(word for word in words - vocabulary if is_correction_candidate(word))
    Word.objects.bulk_create(
        [Word(word=word, lemma=lemmatize(word)) for word in new], ignore_conflicts=True
    )
    return words


def list_texts(post):
    """The searchable texts of a post: [title, lead, place with topic and partners, body]."""
    partners = [participation.partner.name for participation in post.participations.all()]
    extra = [post.place, post.topic.title if post.topic else "", *partners]
    plain = map(normalize, [post.title, post.lead, " ".join(extra)])
    return [*plain, strip_markup(post.body)]


def make_entry(key, *parts):
    """An unsaved SearchEntry; `parts` are lists of words in the order of list_texts()."""
    title, lead, extra, body = (" ".join(map(list_tokens, words)) for words in parts)
    every = " ".join(sorted(set(" ".join([title, lead, extra, body]).split())))
    return SearchEntry(pk=key, title=title, lead=lead, extra=extra, words=every)


def is_correction_candidate(word):
    return len(word) >= SHORTEST_WORD and word.isalpha()


def rebuild():
    """Rebuild the whole index in short transactions, without interrupting the site.

    Yields the number of posts written so far. Removes the entries and words of deleted posts;
    while it runs, the search offers fewer corrections.
    """
    Word.objects.all().delete()
    vocabulary = set()
    last_key = count = 0
    while keys := list(
        Post.objects.filter(pk__gt=last_key).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        vocabulary |= index_batch(keys, vocabulary)
        last_key = keys[-1]
        count += len(keys)
        yield count
    posts = Post.objects.order_by().values("pk")
    SearchEntry.objects.exclude(pk__in=posts).delete()


# Signal handlers ----------------------------------------------------------------------------------


@receiver(post_save, sender=Post)
def index_saved_post(instance, update_fields, **kwargs):
    if update_fields is None or TEXTS & set(update_fields):
        index_batch([instance.pk])


@receiver(post_delete, sender=Post)
def delete_entry(instance, **kwargs):
    SearchEntry.objects.filter(pk=instance.pk).delete()


@receiver([post_save, post_delete], sender=Participation)
def index_participant(instance, **kwargs):
    index_batch([instance.post_id])


@receiver(pre_save, sender=Topic)
@receiver(pre_save, sender=Partner)
def mark_renamed(instance, **kwargs):
    """Set `is_renamed`: only the name of a subject is part of the index."""
    stored = type(instance).objects.filter(pk=instance.pk).first()
    instance.is_renamed = stored is not None and str(stored) != str(instance)


@receiver(post_save, sender=Topic)
@receiver(post_save, sender=Partner)
def index_posts_of_subject(instance, **kwargs):
    if instance.is_renamed:
        index_posts(instance.posts.all())
