"""Photographs of other posts: found by words and year, recognised when they come again."""

from news.models import Photo
from news.search.photo_index import make_year_term
from news.search.query import Query

MOST_COMPARED = 3000  # of the newest photographs, which a new one is compared with
MOST_FOUND = 1000  # by words, the newest; earlier ones are found by another word or by year
MOST_USES = 300  # of the photographs of a page, in all


def find_photos(user, text="", year=None):
    """Photographs that the user may choose, the newest first: with all words, of an AcademicYear.

    Each order is one that an index has, so that a page reads no more rows than it shows. A text
    without a word, such as «!», finds nothing.
    """
    photos = Photo.objects.choosable_by(user).select_related("post").order_by("-pk")
    if not text.strip():
        return of_year(photos, year) if year else photos
    terms = Query(text).terms
    if not terms:
        return photos.none()
    if year:
        terms = (*terms, make_year_term(year))
    found = photos.filter(search_entry__words__matches=terms).order_by("-search_entry__photo_id")
    newest = list(found.values_list("pk", flat=True)[:MOST_FOUND])
    # What the user may choose is decided: asked again, PostgreSQL would read all posts.
    return Photo.objects.filter(pk__in=newest).select_related("post").order_by("-pk")


def of_year(photos, year):
    start, end = year.bounds
    found = photos.filter(post__published_at__gte=start, post__published_at__lt=end)
    return found.order_by("-post__published_at", "-post_id", "-pk")


def list_uses(user, photos):
    """{digest: the same photographs in posts that the user may see}, the newest first."""
    digests = {photo.digest for photo in photos}
    same = Photo.objects.choosable_by(user).filter(digest__in=digests).select_related("post")
    uses = {digest: [] for digest in digests}
    for photo in same.order_by("-pk")[:MOST_USES]:
        uses[photo.digest].append(photo)
    return uses


def find_same(user, digest):
    """The newest photograph of this file in a post that the user may see, or None."""
    same = Photo.objects.choosable_by(user).filter(digest=digest)
    return same.select_related("post").order_by("-pk").first()


def find_alike(user, photo):
    """One of the newest photographs of other posts that looks like this one, or None."""
    others = Photo.objects.choosable_by(user).exclude(digest=photo.digest)
    if photo.post_id:
        others = others.exclude(post=photo.post_id)
    newest = others.order_by("-pk").only("pk", "fingerprint")[:MOST_COMPARED]
    alike = next((other.pk for other in newest if photo.resembles(other)), None)
    return alike and Photo.objects.select_related("post").get(pk=alike)
