"""Every question about many posts."""

from datetime import datetime

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.models.attachments import Photo
from news.models.moments import MomentQuerySet
from news.models.related_posts import MOST_PARTNERS, WINDOW, Around
from news.models.subjects import Participation
from news.models.videos import Video

MOST_PICTURES = 50  # of a post in a sitemap; the format allows a thousand


class PostQuerySet(MomentQuerySet):
    def in_state(self, state):
        """Posts in one of self.model.State, as of now."""
        now = timezone.now()
        return self.filter(
            {
                self.model.State.DRAFT: Q(published_at__isnull=True),
                self.model.State.SCHEDULED: Q(published_at__gt=now),
                self.model.State.PUBLISHED: Q(published_at__lte=now),
            }.get(state, Q())
        )

    def upcoming(self):
        """Announcements whose event is not over yet, the nearest first."""
        return (
            self.annotate(last_day=Coalesce("event_end_date", "event_date"))
            .filter(kind=self.model.Kind.ANNOUNCEMENT, last_day__gte=timezone.localdate())
            .order_by("event_date", "event_time", "pk")
        )

    def update(self, **fields):
        """Participations follow what they repeat of their posts, as they do in save()."""
        if not {"kind", "published_at"} & fields.keys():
            return super().update(**fields)
        with transaction.atomic(using=self.db):
            changed = super().update(**fields)
            Participation.objects.out_of_step().follow_posts()
        return changed

    update.alters_data = True

    def for_cards(self):
        """With what a card shows, in one more query: the topic and the cover."""
        covers = models.Prefetch("photos", Photo.objects.covers(), to_attr="covers")
        return self.select_related("topic").defer("body").prefetch_related(covers)

    def for_feed(self):
        """With what a feed tells, in one more query: text, topic and cover."""
        return self.for_cards().defer(None)

    def for_results(self):
        """With what search results show, in one more query: text, topic and participants."""
        partners = models.Prefetch(
            "participations", Participation.objects.select_related("partner")
        )
        return self.select_related("topic").prefetch_related(partners)

    def changed(self):
        """Name, time of change and, as `pictures`, MOST_PICTURES photographs: for a sitemap."""
        photos = Photo.objects.order_by("order", "pk")[:MOST_PICTURES]
        pictures = models.Prefetch("photos", photos, to_attr="pictures")
        return self.only("slug", "updated_at", "published_at").prefetch_related(pictures)

    def for_page(self):
        """With everything that the post's own page shows, in three more queries."""
        return self.for_results().prefetch_related("photos", "documents")

    def page(self, slug):
        """The post with everything that its page shows and its `page_videos`, or None.

        Videos are few: they come by a join with the post's own row, which saves a query.
        """
        names = ("pk", "address", "title", "still_id")
        joined = {f"video_{name}": models.F(f"videos__{name}") for name in names}
        order = ("videos__order", "videos__pk")
        rows = list(self.for_page().filter(slug=slug).annotate(**joined).order_by(*order))
        if not rows:
            return None
        post = rows[0]
        photos = {photo.pk: photo for photo in post.photos.all()}
        post.page_videos = [
            Video(
                **{name: getattr(row, f"video_{name}") for name in names[:3]},
                still=photos.get(row.video_still_id),
            )
            for row in rows
            if row.video_pk
        ]
        return post

    def around(self, post):
        """What to read after `post`, as Around: one query that reads a bounded number of rows."""
        moment = post.published_at
        before = self.published(before=moment + datetime.resolution)
        after = self.published(since=moment)
        partners = [participation.partner_id for participation in post.participations.all()]
        published = self.published()
        windows = [
            before.filter(Q(published_at__lt=moment) | Q(pk__lt=post.pk))[:1],
            after.filter(Q(published_at__gt=moment) | Q(pk__gt=post.pk)).reverse()[:1],
            published.filter(pk=post.announcement_id or 0),
            published.filter(announcement=post)[:WINDOW],
            published.filter(topic=post.topic_id)[:WINDOW],
        ]
        # SQLite sorts and cuts the parts of a union only inside a query of their own.
        keys = [
            *(window.values("pk") for window in windows),
            *(
                Participation.objects.published().filter(partner=partner).values("post")[:WINDOW]
                for partner in partners[:MOST_PARTNERS]
            ),
        ]
        first, *others = (
            self.model.objects.filter(pk__in=key).order_by().values("pk") for key in keys
        )
        shared = models.Count("participations", filter=Q(participations__partner__in=partners))
        found = (
            self.model.objects.published()
            .filter(pk__in=first.union(*others))
            .order_by()
            .defer("lead", "body")
        )
        return Around.of(post, found.exclude(pk=post.pk).annotate(shared_partners=shared))
