"""Counts a read of a post: a tiny request of its page, without cookie and address."""

import re

from django.conf import settings
from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from college_site.http.same_origin import require_same_origin
from news.models import Post
from news.read_buffer import count_read

# Robots that run scripts; the others never send the request.
ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|headless|lighthouse|monitor|^$", re.IGNORECASE)


@csrf_exempt  # the page is the same for everybody and has no token
@require_POST
@never_cache
def post_read(request, slug):
    """204 for a published post, whether the read is counted or not."""
    require_same_origin(request)
    post_key = Post.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
    if post_key is None:
        raise Http404("No such post")
    if is_reader(request):
        count_read(post_key)
    return HttpResponse(status=204)


def is_reader(request):
    """Whether a visitor reads; the session is looked at only where there is one."""
    if ROBOTS.search(request.headers.get("User-Agent", "")):
        return False
    return settings.SESSION_COOKIE_NAME not in request.COOKIES or not request.user.is_staff
