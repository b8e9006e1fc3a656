"""Benchmark of the news: a hundred thousand posts, and pages whose cost must not grow."""

import datetime
import random
import time
import tomllib
from itertools import chain

from django.utils import timezone
from django.utils.html import strip_tags

from college_site.http.conditional_get import invalidate
from college_site.pages.pagination import MAX_PAGES
from college_site.russian.academic_year import AcademicYear
from news.demo.content import SOURCE
from news.models import Participation, Partner, Photo, Post, Topic
from news.pagination import PAGE_POSTS
from news.search import photo_index
from news.search.index import rebuild
from tests.bench.databases import sentence_maker

LARGE = 100_000
YEARS = 15
BATCH = 1000
COMMON, RARE = "студентов", "кристаллография"
# The counts per post in rotation, so that the middle post is the same on both databases.
PHOTOS, PARTNERS = (3, 1, 0, 1, 12), (3, 1, 0, 2, 1)
# A page of each in the small database, too: what a page shows must not differ.
DRAFTS, IN_REVIEW = range(51, 81), {*range(31, 42), *range(81, 100)}
AHEAD = 30  # the newest posts have future event dates
# These fill the lists of one year on the small database, as every year does on the large, and that
# of its photographs with the common word.
SMALLEST, FULL_YEAR, YEARS_AGO = 1000, range(10, 51), 7
GOALS = {}  # limits of the slowdown that differ from the default


def fill(count):
    """Create posts over fifteen years with photo rows, partners, topics and the search index."""
    generator = random.Random(count)
    topics = Topic.objects.bulk_create(Topic(title=f"Тема {n}", slug=f"t{n}") for n in range(5))
    partners = Partner.objects.bulk_create(
        Partner(name=f"АО «Завод {n}»", slug=f"p{n}") for n in range(30 + count // 500)
    )
    sentence = sentence_maker(words(), COMMON, generator)
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        posts = [post(number, count, generator, topics, sentence) for number in numbers]
        Post.objects.bulk_create(posts)
        Photo.objects.bulk_create(
            photo
            for number, post in zip(numbers, posts, strict=True)
            for photo in photos(post, PHOTOS[number % 5])
        )
        Participation.objects.bulk_create(
            participation(post, order, partner)
            for number, post in zip(numbers, posts, strict=True)
            for order, partner in enumerate(choose_partners(number, partners, generator))
        )
    start_time = time.perf_counter()
    for _ in chain(rebuild(), photo_index.rebuild()):
        pass
    invalidate()
    print(f"  the search index of {count} posts: {time.perf_counter() - start_time:.0f} s")


def words():
    """The text of the demo posts."""
    posts = tomllib.loads(SOURCE.read_text(encoding="utf-8"))["posts"]
    return strip_tags(" ".join(f"{post['title']} {post.get('body', '')}" for post in posts))


def choose_partners(number, partners, generator):
    """The partners of a post; the first takes part in two of five, so that its page is full."""
    first, *others = partners
    count = PARTNERS[number % 5]
    if number % 5 in (0, 4):
        return [first, *generator.sample(others, count - 1)]
    return generator.sample(others, count)


def is_of_full_year(number, count):
    return count <= SMALLEST and number in FULL_YEAR


def moment_of(number, count):
    """When a post appeared, the first a minute ago."""
    if is_of_full_year(number, count):
        year = AcademicYear(AcademicYear.of(timezone.now()).start - YEARS_AGO)
        start, end = year.bounds
        return end - (end - start) * (number - FULL_YEAR.start + 1) / (len(FULL_YEAR) + 1)
    seconds = YEARS * 365 * 86400 * number / count
    return timezone.now() - datetime.timedelta(seconds=seconds + 60)


def post(number, count, generator, topics, sentence):
    """Post `number` of `count`: a third each of reports, announcements, notices."""
    moment = moment_of(number, count)
    kind = list(Post.Kind)[number % 3]
    title = f"{COMMON} " if is_of_full_year(number, count) else ""
    body = "".join(f"<p>{sentence(40)}</p>" for _ in range(4))
    if number == count // 2:
        body += f"<p>{RARE}</p>"
    event_date = moment.date()
    if number < AHEAD:
        event_date = timezone.localdate() + datetime.timedelta(days=number)
    return Post(
        kind=kind,
        title=(title + sentence(7))[:200],
        slug=f"post-{number}",
        lead=sentence(20),
        body=body,
        topic=generator.choice(topics),
        event_date=event_date if kind != Post.Kind.NOTICE else None,
        published_at=moment if is_published(number) else None,
        submitted_at=moment if is_in_review(number) else None,
    )


def is_in_review(number):
    return number in IN_REVIEW or number % 50 == 48


def is_published(number):
    return not (number in DRAFTS or number % 50 == 49 or is_in_review(number))


def photos(post, count):
    """Yield unsaved photographs without files."""
    for order in range(count):
        yield Photo(
            post=post,
            image=f"photos/{post.slug}-{order}/master.jpg",
            **{"width": 2000, "height": 1333, "renditions_due_at": None},
            is_cover=order == 0,
            order=order,
        )


def participation(post, order, partner):
    row = Participation(post=post, partner=partner, order=order)
    row.sync_with_post()
    return row


def pages():
    """{page: path} on the database in use."""
    published = Post.objects.published()
    middle = published[published.count() // 2]
    of_partner = published.filter(partners__slug="p0")
    year = middle.academic_year.slug
    return {
        "home": "/",
        "list": "/news/",
        "list, deepest page": deepest("/news/?page=", published),
        "list of a kind, deepest": deepest("/news/?kind=notice&page=", published.of_kind("notice")),
        "academic year": f"/news/{middle.academic_year.slug}/",
        "topics": "/topics/",
        "topic": "/topics/t1/",
        "partners": "/partners/",
        "partner": "/partners/p0/",
        "partner, deepest page": deepest("/partners/p0/?page=", of_partner),
        f"search, rare word «{RARE}»": f"/search/?q={RARE}",
        f"search, common word «{COMMON}»": f"/search/?q={COMMON}",
        "post": middle.get_absolute_url(),
        "feed": "/feed/atom.xml",
        "events": "/events/",
        "sitemap": "/sitemap.xml",
        "sitemap of posts": "/sitemap-posts-1.xml",
        "admin, list of posts": "/admin/news/post/",
        "admin, list of drafts": "/admin/news/post/?state=draft",
        "admin, list in review": "/admin/news/post/?state=in_review",
        f"admin, posts with «{COMMON}»": f"/admin/news/post/?q={COMMON}",
        "admin, posts of a year": f"/admin/news/post/?year={year}",
        "admin, photographs": "/admin/news/post/photos/",
        f"admin, photographs with «{COMMON}»": f"/admin/news/post/photos/?q={COMMON}",
        "admin, photographs of a year": f"/admin/news/post/photos/?year={year}",
        f"admin, photographs of a year with «{COMMON}»": (
            f"/admin/news/post/photos/?year={year}&q={COMMON}"
        ),
    }


def deepest(path, posts):
    """The path of the last full page within the limit of the pagination."""
    return f"{path}{min(MAX_PAGES, posts.count() // PAGE_POSTS)}"
