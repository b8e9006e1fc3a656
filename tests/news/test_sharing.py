"""The links to share a post."""

from urllib.parse import parse_qs, urlsplit

import pytest

from news.models import Post
from news.sharing import share_links
from tests import factories
from tests.markup import flat

URL = "https://college.example/news/den-karery/"
TITLE = "День «карьеры» & 100 % практики"


def query(title):
    """The query parameters of the link with this title."""
    link = next(link for link in share_links(Post(title=TITLE), URL) if link.title == title)
    return parse_qs(urlsplit(link.url).query, strict_parsing=True)


def test_share_links_contain_the_complete_url_and_title():
    assert query("ВКонтакте") == {"url": [URL]}
    assert query("Telegram") == {"url": [URL], "text": [TITLE]}
    assert query("MAX") == {"text": [f"{TITLE} {URL}"]}
    assert query("Почта") == {"subject": [TITLE], "body": [f"{TITLE} {URL}"]}


def test_spaces_in_an_email_link_are_percent_encoded():
    letter = share_links(Post(title="Два слова"), URL)[-1].url
    assert "+" not in letter


@pytest.mark.django_db
def test_the_page_shares_its_absolute_url_without_the_query(client):
    post = factories.post(slug="den-karery")
    text = client.get(f"{post.get_absolute_url()}?utm_source=x").content.decode()
    assert "https://vk.com/share.php?url=http%3A%2F%2Ftestserver%2Fnews%2Fden-karery%2F" in text
    assert text.count('rel="noopener nofollow"') == 4


@pytest.mark.django_db
def test_the_copy_button_is_hidden_without_javascript(client):
    text = flat(client.get(factories.post().get_absolute_url()).content.decode())
    assert "<li hidden><button" in text
