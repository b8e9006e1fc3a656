"""The queryset of posts: visibility, states, prefetching for each kind of page."""

from django.db import models, transaction
from django.db.models import Exists, F, OrderBy, OuterRef, Q
from django.db.models.functions import Coalesce
from django.db.models.lookups import IsNull
from django.urls import Resolver404, resolve
from django.utils import timezone

from news.models.media.photos import Photo
from news.models.media.videos import Video
from news.models.publishing.access import seen_by, sees_every_post
from news.models.publishing.bin import BinQuerySet
from news.models.publishing.states import PostState
from news.models.publishing.visibility import PublishableQuerySet
from news.models.subjects import Participation

# Drafts first on both databases, of them what waits for an editor: staff are working on them. An
# index of Post has the same expressions.
DESK_ORDER = [
    OrderBy(IsNull(F("published_at"), True), descending=True),
    OrderBy(F("published_at"), descending=True),
    OrderBy(IsNull(F("submitted_at"), True)),
    OrderBy(F("submitted_at")),
    OrderBy(F("id"), descending=True),
]
EVENT_COLUMNS = ("event_date", "event_end_date", "event_time")
CARD_COLUMNS = ("kind", "title", "slug", "lead", "topic__title", "published_at", *EVENT_COLUMNS)
MAX_PICTURES = 50  # of a post in a sitemap; the format allows a thousand


class PostQuerySet(BinQuerySet, PublishableQuerySet):
    def in_state(self, state):
        """Posts in a PostState, as of now; all posts for an unknown state."""
        now = timezone.now()
        is_draft = Q(published_at__isnull=True)
        return self.filter(
            {
                PostState.DRAFT: is_draft & Q(submitted_at__isnull=True, returned_at__isnull=True),
                PostState.IN_REVIEW: is_draft & Q(submitted_at__isnull=False),
                PostState.RETURNED: is_draft & Q(returned_at__isnull=False),
                PostState.SCHEDULED: Q(published_at__gt=now),
                PostState.PUBLISHED: Q(published_at__lte=now),
            }.get(state, Q())
        )

    def announced(self, first_day, day_after=None):
        """Announcements of events whose last day is `first_day` or later, before `day_after`."""
        events = self.alias(last_day=Coalesce("event_end_date", "event_date")).filter(
            kind=self.model.Kind.ANNOUNCEMENT, last_day__gte=first_day
        )
        if day_after:
            events = events.filter(last_day__lt=day_after)
        return events.order_by("last_day")

    def visible_to(self, user):
        """Posts that a member of staff may see in the admin; none for others."""
        return self.filter(seen_by(user))

    def choosable_by(self, user):
        """Posts that a member of staff may refer to: those above and what visitors see."""
        if sees_every_post(user):
            return self.outside_bin()
        return self.filter(seen_by(user) | Q(published_at__lte=timezone.now()))

    def at_address(self, path):
        """The post whose page has this path, such as "/news/den-otkrytyh-dverej/", or none."""
        try:
            page = resolve(path)
        except Resolver404:
            return self.none()
        is_post = page.view_name == "news:post_detail"
        return self.filter(slug=page.kwargs["slug"]) if is_post else self.none()

    def upcoming(self):
        """Announcements of events that are not over, the earliest event first."""
        return self.announced(timezone.localdate()).order_by("event_date", "event_time", "pk")

    def lacking_report(self):
        """Published announcements of past events without any report, the latest event first."""
        reports = self.model.objects.outside_bin().filter(announcement=OuterRef("pk"))
        return (
            self.published()
            .alias(last_day=Coalesce("event_end_date", "event_date"))
            .filter(kind=self.model.Kind.ANNOUNCEMENT, last_day__lt=timezone.localdate())
            .filter(~Exists(reports))
            .order_by("-last_day", "-pk")
        )

    def update(self, **fields):
        """Update the posts and, like Post.save(), the fields copied to participations."""
        if not {"kind", "published_at"} & fields.keys():
            return super().update(**fields)
        with transaction.atomic(using=self.db):
            changed = super().update(**fields)
            Participation.objects.outdated().sync_with_posts()
        return changed

    update.alters_data = True

    def for_cards(self):
        """Load what a card shows, with topic and cover (as `covers`); one more query."""
        return self.with_covers().only(*CARD_COLUMNS)

    def for_lines(self):
        """Load what the line of an event shows."""
        return self.only("slug", "title", "place", *EVENT_COLUMNS)

    def with_covers(self):
        """Load topic and cover (as `covers`), without the body; one more query."""
        covers = models.Prefetch("photos", Photo.objects.covers(), to_attr="covers")
        return self.select_related("topic").defer("body").prefetch_related(covers)

    def for_feed(self):
        """Load body, topic and photographs; one more query."""
        return self.select_related("topic").prefetch_related("photos")

    def for_results(self):
        """Load body, topic and partners for search results; one more query."""
        partners = models.Prefetch(
            "participations", Participation.objects.select_related("partner")
        )
        return self.select_related("topic").prefetch_related(partners)

    def for_sitemap(self):
        """Load slug, times and up to MAX_PICTURES photographs (as `pictures`); one more query."""
        photos = Photo.objects.order_by("order", "pk")[:MAX_PICTURES]
        pictures = models.Prefetch("photos", photos, to_attr="pictures")
        return self.only("slug", "updated_at", "published_at").prefetch_related(pictures)

    def for_page(self):
        """Load everything for the page of a post; videos as `page_videos`."""
        videos = models.Prefetch(
            "videos", Video.objects.select_related("still"), to_attr="page_videos"
        )
        return self.for_results().prefetch_related("photos", "documents", videos)
