"""Descriptions of a post's state and the submit buttons of its change form."""

from college_site.admin_site.submit_row import Button
from college_site.templatetags.typography import full_date, full_moment
from news.models import Post

RESCHEDULED_LABEL = "Сохранить с указанным временем выхода"


def describe_state(post):
    """A sentence for staff: whether visitors see the post, since when or from when on."""
    if post.state == Post.State.PUBLISHED:
        return f"Опубликовано {full_moment(post.published_at)}."
    if post.state == Post.State.SCHEDULED:
        return f"Выйдет {full_moment(post.published_at)}. До этого посетители её не увидят."
    if post.withdrawn_from:
        return f"Снято с публикации, прежнее время выхода — {full_moment(post.withdrawn_from)}."
    return "Черновик: посетители его не видят."


def list_buttons(post, is_rescheduled=False):
    """The submit buttons for the stored state of a post.

    The first one, which Enter presses, never publishes. `is_rescheduled` means that the form
    contains a publication time other than the stored one.
    """
    save, *others = list_state_buttons(post)
    if is_rescheduled:
        save = save._replace(label=RESCHEDULED_LABEL)
    return [save, *others, Button("_continue", "Сохранить и продолжить")]


def list_state_buttons(post):
    if post.state == Post.State.PUBLISHED:
        return [
            Button("_save", "Сохранить изменения на сайте", is_main=True),
            Button("_withdraw", "Снять с публикации"),
        ]
    if post.state == Post.State.SCHEDULED:
        return [
            Button("_save", f"Сохранить: выйдет {full_moment(post.published_at)}", is_main=True),
            Button("_withdraw", "Вернуть в черновики"),
            Button("_publish", "Опубликовать сейчас"),
        ]
    save = Button("_save", "Сохранить черновик")
    if post.withdrawn_from:
        label = f"Опубликовать с прежней датой: {full_date(post.withdrawn_from)}"
        return [
            save,
            Button("_republish", label, is_main=True),
            Button("_publish", "Опубликовать с сегодняшней датой"),
        ]
    return [save, Button("_publish", "Опубликовать сейчас", is_main=True)]
