"""The newest public answers as Atom."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape, linebreaks

from college_site.pages.absolute_urls import absolute_reverse, absolute_url
from college_site.pages.context_processors import current_college
from college_site.pages.plain_text import printable

SIZE = 30
CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def feed_response(request, publications):
    """The response with the newest of `publications` and their answers; URLs are absolute."""
    title = printable(f"Вы предложили — мы сделали: {current_college(request)}")
    feed = Atom1Feed(
        title=title,
        link=absolute_reverse("feedback:publication_list"),
        description=title,
        language="ru",
        author_name=printable(str(current_college(request))),
        feed_url=absolute_url(request.path),
        feed_guid=absolute_url(request.path),
    )
    for publication in publications[:SIZE]:
        feed.add_item(**feed_item(publication))
    return HttpResponse(feed.writeString("utf-8"), content_type=CONTENT_TYPE)


def feed_item(publication):
    """The arguments of SyndicationFeed.add_item() for a publication."""
    address = absolute_url(publication.get_absolute_url())
    paragraphs = [publication.text, publication.answer]
    return {
        "title": printable(publication.title),
        "link": address,
        "description": "".join(linebreaks(escape(printable(text))) for text in paragraphs if text),
        "unique_id": address,
        "pubdate": timezone.localtime(publication.published_at),
        "updateddate": timezone.localtime(publication.changed_at),
        "categories": [printable(str(publication.suggestion.topic))],
    }
