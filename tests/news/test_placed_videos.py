"""Videos of RuTube and VK Video in the text of a post."""

import json

import pytest

from college_site.accounts.roles import AUTHOR
from news.channels.texts import CHANNELS, compose
from news.editing.copies import copy_post
from news.models import SearchEntry
from tests import factories
from tests.news.test_autosaves import log_in

pytestmark = pytest.mark.django_db
KEY = "3eac3b4561676c17df9132a9a1e62e3e"
RUTUBE = f"https://rutube.ru/video/{KEY}/"
HIDDEN_VK = "https://vkvideo.ru/video_ext.php?oid=-1&amp;id=2&amp;hash=0a1b"


def mark(address):
    return f'<figure data-video="{address}"></figure>'


@pytest.fixture
def post():
    return factories.post(body=f"<p>Раз.</p>{mark(RUTUBE)}<p>Два.</p>{mark(HIDDEN_VK)}")


@pytest.mark.parametrize(
    ("sent", "stored"),
    [
        (RUTUBE, RUTUBE),
        (f"http://www.rutube.ru/video/{KEY}/?r=wd", RUTUBE),
        ("https://vk.com/video-1_2?x=1", "https://vkvideo.ru/video-1_2"),
        (HIDDEN_VK, HIDDEN_VK),
    ],
)
def test_a_text_stores_the_canonical_address_of_a_video(sent, stored):
    post = factories.post(body=mark(sent))
    assert post.body == mark(stored)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "x",
        "javascript:alert(1)",
        "https://evil.example/",
        "https://youtu.be/x",
        f"https://rutube.ru.evil.example/video/{KEY}/",
        f"//evil.example/https://rutube.ru/video/{KEY}/",
        "&quot;&gt;&lt;script&gt;",
        "https://vk.com/" + "video" * 40_000,
    ],
)
def test_a_text_loses_the_mark_of_any_other_address(client, address):
    post = factories.post(body=f"<p>Раз.</p>{mark(address)}")
    assert "data-video" not in post.body
    page = client.get(post.get_absolute_url())
    assert b"video__still" not in page.content
    assert "frame-src" not in page.headers["Content-Security-Policy"]


def test_a_mark_keeps_nothing_but_its_address_and_title():
    html = f'<figure data-video="{RUTUBE}" class="x" onclick="y" style="z"></figure>'
    assert factories.post(body=html).body == mark(RUTUBE)
    titled = f'<figure data-title="Сварка" data-video="{RUTUBE}"></figure>'
    assert factories.post(body=titled).body == titled


def read_still(client, read_page, post):
    page = read_page(client.get(post.get_absolute_url())).root
    return next(link for link in page.all("a") if link.get("class") == "video__still")


@pytest.mark.parametrize("order", ["{video} {title}", "{title} {video}"])
def test_the_video_bears_the_title_that_its_author_gave(client, read_page, order):
    attributes = order.format(
        video=f'data-video="{RUTUBE}"', title='data-title="Сварка &quot;А&quot;"'
    )
    post = factories.post(body=f"<figure {attributes}></figure>")
    link = read_still(client, read_page, post)
    assert link["data-title"] == 'Видео: Сварка "А"'
    assert 'Сварка "А"' in link.text()


@pytest.mark.parametrize("title", ["", "   ", "<>"])
def test_a_video_without_a_title_bears_that_of_its_post(client, read_page, title):
    body = f'<figure data-video="{RUTUBE}" data-title="{title}"></figure>'
    post = factories.post(title="Открыли цех", body=body)
    link = read_still(client, read_page, post)
    assert link["data-title"] == "Видео: Открыли цех"
    assert "Открыли цех" in link.text()
    assert post.body == mark(RUTUBE)


def test_a_title_of_a_video_cannot_become_markup():
    body = f'<figure data-video="{RUTUBE}" data-title="</a><a>{"x" * 500}"></figure><p>Раз.</p>'
    title = f"/a a {'x' * 145}"
    assert factories.post(body=body).body == (
        f'<figure data-video="{RUTUBE}" data-title="{title}"></figure><p>Раз.</p>'
    )


def test_feeds_and_channels_name_the_video(client):
    body = f'<figure data-video="{RUTUBE}" data-title="Сварка"></figure>'
    post = factories.post(body=body)
    assert f'<a href="{RUTUBE}">Сварка на RuTube</a>' in json.dumps(
        client.get("/feed/feed.json").json(), ensure_ascii=False
    ).replace('\\"', '"')
    text = compose(post, next(iter(CHANNELS.values())), "https://college.example/")
    assert f"Сварка\n{RUTUBE}" in text


def test_a_video_stands_in_the_text_as_a_link_that_loads_nothing(client, read_page, post):
    response = client.get(post.get_absolute_url())
    page = read_page(response).root
    links = [link for link in page.all("a") if link.get("class") == "video__still"]
    assert [link["href"] for link in links] == [RUTUBE, HIDDEN_VK.replace("&amp;", "&")]
    assert not list(page.all("iframe"))
    html = response.content.decode()
    assert html.index("Раз.") < html.index(RUTUBE) < html.index("Два.")
    assert "js/news/videos" in html


def test_the_page_may_frame_the_hosts_of_its_videos_alone(client, post):
    policy = client.get(post.get_absolute_url()).headers["Content-Security-Policy"]
    assert "frame-src https://rutube.ru https://vkvideo.ru;" in f"{policy};"


@pytest.mark.parametrize("name", ["atom.xml", "feed.json"])
def test_feeds_have_a_link_to_the_video(client, post, name):
    content = client.get(f"/feed/{name}").content.decode()
    assert RUTUBE in content
    assert "data-video" not in content


def test_the_text_for_a_channel_has_the_address_of_the_video(post):
    text = compose(post, next(iter(CHANNELS.values())), "https://college.example/")
    assert f"Раз.\n\n{RUTUBE}\n\nДва.\n\nhttps://vkvideo.ru/video_ext.php?oid=-1&id=2" in text


def test_the_search_and_the_description_know_nothing_of_the_address(client, post):
    assert "rutube" not in SearchEntry.objects.get(pk=post.pk).words
    assert KEY not in client.get("/search/?q=раз").content.decode()


def test_a_copy_of_the_post_keeps_its_videos(post):
    copy, _ = copy_post(post, factories.staff())
    assert copy.body == post.body


def test_the_preview_of_a_draft_shows_the_video(staff_client):
    draft = factories.draft(body=mark(RUTUBE))
    page = staff_client.get(f"/admin/news/post/{draft.pk}/preview/page/")
    assert RUTUBE in page.content.decode()
    assert "frame-src https://rutube.ru" in page.headers["Content-Security-Policy"]


def read_video(address):
    client = log_in(factories.member(AUTHOR))
    content = json.dumps({"address": address})
    return client.post("/admin/news/post/video/", content, "application/json")


def test_the_server_tells_the_editor_the_canonical_address():
    response = read_video("https://vk.com/video-1_2?x=1")
    assert response.json() == {"address": "https://vkvideo.ru/video-1_2"}


@pytest.mark.parametrize("address", ["", "http://[", "https://vk.com/wall-1_2", 5, None])
def test_a_wrong_address_is_answered_with_what_is_accepted(address):
    response = read_video(address)
    assert response.status_code == 422
    if isinstance(address, str):
        assert "https://rutube.ru/video/…" in response.json()["message"]
