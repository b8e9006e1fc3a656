"""The panel «Для VK, MAX, Telegram»: what is handed out of a post, and what was."""

from django.http import Http404, StreamingHttpResponse
from django.urls import path

from college_site.admin_site.model_admin import POST
from college_site.pages.absolute_urls import absolute_url
from college_site.templatetags.typography import full_moment
from news.admin.panels import show_panel
from news.admin.secondary_views import admin_view, find_post
from news.channels.archives import MOST_PHOTOS, choose_photos, stream_archive
from news.channels.texts import CHANNELS, compose, count_units
from news.editing.names import short_name, tell_moment
from news.models import Handout
from news.models.editing.handouts import HandoutChannel

RECENT = 100  # handouts of a post that are looked at


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    copied, photos = (admin_view(model_admin, view, POST) for view in (note_copied, send_photos))
    channel = "<int:number>/channels/<slug:channel>/"
    return [
        path(channel, copied, name="news_post_channel"),
        path(f"{channel}photos/", photos, name="news_post_channel_photos"),
    ]


def note_copied(model_admin, request, number, channel):
    """Remember that the text for a channel was copied; the panel with that."""
    post = find_offered(model_admin, request, number, channel)
    Handout.objects.create(post=post, channel=channel, user=request.user)
    return show_panel(model_admin, request, post, "channels", describe_channels(post))


def send_photos(model_admin, request, number, channel):
    post = find_offered(model_admin, request, number, channel)
    photos = choose_photos(post)
    if not photos:
        raise Http404("The post has no photographs")
    Handout.objects.create(post=post, channel=channel, user=request.user, has_photos=True)
    response = StreamingHttpResponse(
        stream_archive(photos, CHANNELS[channel].side), content_type="application/zip"
    )
    name = f"{post.slug}-{channel}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def find_offered(model_admin, request, number, channel):
    """A published or scheduled post that the user may change; raises Http404 for others."""
    post = find_post(model_admin, request, number, to_change=True)
    if channel not in CHANNELS or not is_offered(post):
        raise Http404("Not offered to this channel")
    return post


def is_offered(post):
    return post.published_at is not None


def describe_channels(post):
    """What the panel shows of a post: a text for each channel, what was handed out."""
    handouts = list_latest(post)
    url = absolute_url(post.get_absolute_url())
    count = post.photos.count()
    channels = []
    for key, channel in CHANNELS.items():
        text = compose(post, channel, url)
        channels.append(
            {
                "key": key.value,
                "title": key.label,
                "text": text,
                "length": count_units(text),
                "limit": channel.limit,
                "side": channel.side,
                "handouts": [tell_handout(each) for each in handouts if each.channel == key],
            }
        )
    return {
        "channels": channels,
        "photo_count": count,
        "most_photos": MOST_PHOTOS if count > MOST_PHOTOS else "",
        "opens": "" if post.is_published else full_moment(post.published_at),
    }


def list_latest(post):
    """The latest handout of the text and of the photographs for each channel."""
    latest = {}
    for handout in post.handouts.select_related("user")[:RECENT]:
        latest.setdefault((handout.channel, handout.has_photos), handout)
    return list(latest.values())


def tell_handout(handout):
    """«Текст скопирован для VK 29 ноября в 14:05, Иванова А. П.»."""
    what = "Фотографии скачаны" if handout.has_photos else "Текст скопирован"
    channel = HandoutChannel(handout.channel).label
    who = f", {short_name(handout.user)}" if handout.user else ""
    return f"{what} для {channel} {tell_moment(handout.created_at)}{who}"
