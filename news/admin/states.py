"""What the newsroom says of a post's state, and what its buttons will do."""

from college_site.admin_site.submit_row import Button
from college_site.templatetags.typography import full_date, full_moment
from news.models import Post

RESCHEDULED_LABEL = "Сохранить с указанным временем выхода"


def describe_state(post):
    """Whether visitors see the post and since when, or when they will."""
    if post.state == Post.State.PUBLISHED:
        return f"Опубликовано {full_moment(post.published_at)}."
    if post.state == Post.State.SCHEDULED:
        return f"Выйдет {full_moment(post.published_at)}. До этого посетители её не увидят."
    if post.withdrawn_from:
        return f"Снято с публикации, прежнее время выхода — {full_moment(post.withdrawn_from)}."
    return "Черновик: посетители его не видят."


def list_buttons(post, is_rescheduled=False):
    """The buttons below a post as it is stored. The first, which Enter presses, never publishes.

    `is_rescheduled` says that the form holds another moment than the stored one.
    """
    saving, *others = list_state_buttons(post)
    if is_rescheduled:
        saving = saving._replace(label=RESCHEDULED_LABEL)
    return [saving, *others, Button("_continue", "Сохранить и продолжить")]


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
    saving = Button("_save", "Сохранить черновик")
    if post.withdrawn_from:
        former = f"Опубликовать с прежней датой: {full_date(post.withdrawn_from)}"
        return [
            saving,
            Button("_republish", former, is_main=True),
            Button("_publish", "Опубликовать с сегодняшней датой"),
        ]
    return [saving, Button("_publish", "Опубликовать сейчас", is_main=True)]
