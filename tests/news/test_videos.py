"""Videos of a post: accepted URLs, players from two hosts only."""

import json

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from college_site.video_addresses import parse_video_address
from tests import factories, schema_org_checks

KEY = "3eac3b4561676c17df9132a9a1e62e3e"
RUTUBE = f"https://rutube.ru/play/embed/{KEY}"
VK = "https://vkvideo.ru/video_ext.php?oid=-220754053&id=456239017"


@pytest.mark.parametrize(
    ("pasted", "player"),
    [
        (f"https://rutube.ru/video/{KEY}/", RUTUBE),
        (f"http://www.rutube.ru/video/{KEY}/?r=wd", RUTUBE),
        (f"  https://rutube.ru/video/{KEY}  ", RUTUBE),
        (f"https://rutube.ru/play/embed/{KEY}", RUTUBE),
        (f"https://rutube.ru/shorts/{KEY}/", RUTUBE),
        (f"https://rutube.ru/video/private/{KEY}/?p=AbC-1_x", f"{RUTUBE}?p=AbC-1_x"),
        (
            f'<iframe width="720" src="{RUTUBE}/" allow="x"></iframe>',
            RUTUBE,
        ),
        ("https://vkvideo.ru/video-220754053_456239017", VK),
        ("https://vk.com/video-220754053_456239017?list=ln-x", VK),
        ("https://m.vk.com/video-220754053_456239017", VK),
        ("https://vk.ru/clip-220754053_456239017", VK),
        ("https://vk.com/video/@college?z=video-220754053_456239017%2Fclub1", VK),
        ("https://vkvideo.ru/playlist/-220754053_1/video-220754053_456239017", VK),
        ("https://vkvideo.ru/video17_456239017", VK.replace("-220754053", "17")),
        (f"{VK}&hash=0a1b", f"{VK}&hash=0a1b"),
        (f'<iframe src="{VK.replace("&", "&amp;")}&amp;hash=0a1b&amp;hd=3">', f"{VK}&hash=0a1b"),
        ("//vk.com/video_ext.php?oid=-220754053&id=456239017", VK),
    ],
)
def test_a_pasted_url_is_converted_to_the_player_url(pasted, player):
    assert parse_video_address(pasted).player_url == player


@pytest.mark.parametrize(
    "pasted",
    [
        f"https://rutube.ru/video/{KEY}/",
        f"https://rutube.ru/video/private/{KEY}/?p=AbC",
        "https://vk.com/video-1_2",
        f"{VK}&hash=0a1b",
    ],
)
def test_the_stored_url_refers_to_the_same_video(pasted):
    found = parse_video_address(pasted)
    assert parse_video_address(found.watch_url) == found


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "x",
        "\0",
        "rutube.ru",
        "https://rutube.ru/",
        "https://[::1",
        "<iframe src=",
        f"https://rutube.ru.evil.example/video/{KEY}/",
        f"https://evil.example/?u=https://rutube.ru/video/{KEY}/",
        f"ftp://rutube.ru/video/{KEY}",
        f"javascript:alert(1)//rutube.ru/video/{KEY}/",
        "https://vk.com/video",
        "https://vk.com/video1_" + "9" * 40,
        "https://vk.com/video_ext.php?oid=1",
        "https://vk.com/video_ext.php?oid=x&id=2",
        "https://vk.com/" + "video" * 2000,
        f"https://rutube.ru/video/{KEY}x/",
    ],
)
def test_a_url_that_is_no_video_is_refused_with_advice(pasted):
    with pytest.raises(ValidationError, match="скопируйте адрес"):
        parse_video_address(pasted)


@pytest.mark.parametrize("host", ["www.youtube.com/watch?v=x", "youtu.be/x"])
def test_a_youtube_url_is_refused_with_the_reason(host):
    with pytest.raises(ValidationError, match="YouTube в России"):
        parse_video_address(f"https://{host}")


# Models -------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_still_must_be_a_photograph_of_the_same_post():
    video = factories.video()
    video.still = factories.photo()
    with pytest.raises(ValidationError, match="этой же публикации"):
        video.full_clean()


@pytest.mark.django_db
def test_the_admin_stores_the_watch_url_of_a_pasted_url(staff_client):
    post = factories.post()
    form = {"kind": "report", "title": post.title, "slug": post.slug, "_save": "1"}
    for name in ("photos", "participations", "documents"):
        form |= {f"{name}-TOTAL_FORMS": 0, f"{name}-INITIAL_FORMS": 0}
    form |= {"videos-TOTAL_FORMS": 1, "videos-INITIAL_FORMS": 0, "videos-0-post": post.pk}
    form |= {"videos-0-address": "https://vk.com/video-1_2?x=1", "videos-0-title": "Открытый урок"}
    response = staff_client.post(f"/admin/news/post/{post.pk}/change/", form)
    assert response.status_code == 302
    assert post.videos.get().address == "https://vkvideo.ru/video-1_2"


# Pages --------------------------------------------------------------------------------------------


def policy(response):
    return response.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_the_page_shows_videos_as_links_in_order(client, read_page):
    post = factories.post()
    factories.video(post, title="Второе", order=2)
    factories.video(post, title="Первое", order=1, address=f"https://rutube.ru/video/{KEY}/")
    page = read_page(client.get(post.get_absolute_url())).root
    links = [link for link in page.all("a") if link.get("class") == "video__still"]
    assert [link["data-title"] for link in links] == ["Первое", "Второе"]
    assert links[0]["href"] == f"https://rutube.ru/video/{KEY}/"
    assert links[0]["data-player"] == f"{RUTUBE}?autoplay=true"
    assert not list(page.all("iframe"))


@pytest.mark.django_db
def test_a_page_may_frame_only_its_own_video_hosts(client):
    post = factories.post()
    assert "frame-src" not in policy(client.get(post.get_absolute_url()))
    factories.video(post)
    assert "frame-src https://vkvideo.ru;" in policy(client.get(post.get_absolute_url())) + ";"
    factories.video(post, address=f"https://rutube.ru/video/{KEY}/")
    both = "frame-src https://rutube.ru https://vkvideo.ru;"
    assert both in policy(client.get(post.get_absolute_url())) + ";"
    assert "frame-src" not in policy(client.get("/"))


@pytest.mark.django_db
def test_a_304_response_does_not_replace_the_security_policy(client):
    factories.college()
    video = factories.video()
    path = video.post.get_absolute_url()
    etag = client.get(path).headers["ETag"]
    again = client.get(path, HTTP_IF_NONE_MATCH=etag)
    assert again.status_code == 304
    assert "Content-Security-Policy" not in again.headers


@pytest.mark.django_db
def test_adding_a_video_invalidates_the_cached_page(client):
    factories.college()
    post = factories.post()
    etag = client.get(post.get_absolute_url()).headers["ETag"]
    factories.video(post)
    again = client.get(post.get_absolute_url(), HTTP_IF_NONE_MATCH=etag)
    assert "День открытых дверей" in again.content.decode()


@pytest.mark.django_db
def test_a_still_is_not_shown_in_the_gallery(client, read_page):
    post = factories.post()
    photos = [factories.photo(post, order=order) for order in (1, 2)]
    factories.video(post, still=photos[0])
    page = read_page(client.get(post.get_absolute_url())).root
    galleries = [part for part in page.all("section") if part.get("class") == "gallery"]
    assert [image["src"] for image in galleries[0].all("img")] == [photos[1].url]


@pytest.mark.django_db
def test_videos_with_a_still_have_structured_data(client, read_page):
    factories.college()
    post = factories.post()
    factories.video(post, still=factories.photo(post))
    factories.video(post, title="Без заставки")
    data = next(read_page(client.get(post.get_absolute_url())).root.all("script")).text()
    graph = json.loads(data)["@graph"]
    videos = [entry for entry in graph if entry["@type"] == "VideoObject"]
    assert [video["name"] for video in videos] == ["День открытых дверей"]
    assert {"thumbnailUrl", "uploadDate"} <= videos[0].keys()
    assert schema_org_checks.find_problems(videos) == []


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"https://rutube.ru/video/{KEY}/", "?autoplay=true"),
        (f"https://rutube.ru/video/private/{KEY}/?p=abc", "&autoplay=true"),
        ("https://vk.com/video-1_2", "&autoplay=1"),
    ],
)
def test_the_player_url_starts_playback(address, start):
    video = parse_video_address(address)
    assert video.autoplay_url == video.player_url + start


@pytest.mark.parametrize("host", ["rutube.ru", "vkvideo.ru"])
def test_the_hosts_of_players_may_autoplay(host):
    assert f"https://{host}" in settings.PERMISSIONS_POLICY["autoplay"]


@pytest.mark.django_db
def test_the_still_links_the_host_without_giving_it_this_window(client, read_page):
    page = read_page(client.get(factories.video().post.get_absolute_url())).root
    still = next(link for link in page.all("a") if link.get("class") == "video__still")
    assert still["rel"] == "noopener"
