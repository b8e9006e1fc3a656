"""Every question about many posts."""

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from news.models.photos import Photo
from news.models.subjects import Participation
from news.models.videos import Video
from news.models.visibility import PublishableQuerySet

MAX_PICTURES = 50  # of a post in a sitemap; the format allows a thousand


class PostQuerySet(PublishableQuerySet):
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
            Participation.objects.outdated().sync_with_posts()
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

    def for_sitemap(self):
        """Name, time of change and, as `pictures`, MAX_PICTURES photographs: for a sitemap."""
        photos = Photo.objects.order_by("order", "pk")[:MAX_PICTURES]
        pictures = models.Prefetch("photos", photos, to_attr="pictures")
        return self.only("slug", "updated_at", "published_at").prefetch_related(pictures)

    def for_page(self):
        """With everything that the post's own page shows, the videos as `page_videos`."""
        videos = models.Prefetch(
            "videos", Video.objects.select_related("still"), to_attr="page_videos"
        )
        return self.for_results().prefetch_related("photos", "documents", videos)
