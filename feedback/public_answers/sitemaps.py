"""The sitemaps of public answers."""

from college_site.pages.sitemaps import Address, page_paths, rows_of_page
from feedback.models import Publication


def paths():
    """The paths of the sitemaps of public answers."""
    return page_paths("feedback:sitemap_answers_file", Publication)


def answer_addresses(number):
    """The published answers of page `number` as Addresses."""
    rows = rows_of_page(Publication.objects.published(), number)
    return [Address(publication.get_absolute_url(), publication.changed_at) for publication in rows]
