"""Descriptions of a post's state and the submit buttons of its change form."""

from college_site.admin_site.submit_row import Button
from college_site.templatetags.typography import full_date
from news.editing.names import tell_day_and_moment, tell_moment
from news.models import Post
from news.models.publishing.states import ALLOWED_STATES, OF_AUTHORS, OF_EDITORS, Transition

RESCHEDULED_LABEL = "Сохранить с указанным временем выхода"
SAVE_LABELS = {
    Post.State.DRAFT: "Сохранить черновик",
    Post.State.IN_REVIEW: "Сохранить и оставить на проверке",
    Post.State.RETURNED: "Сохранить черновик",
    Post.State.PUBLISHED: "Сохранить изменения на сайте",
}
MAIN = (Transition.REPUBLISH, Transition.PUBLISH, Transition.SUBMIT)  # the first that is offered


def describe_state(post):
    """A sentence for staff: whether visitors see the post, since when or from when on."""
    if post.state == Post.State.PUBLISHED:
        return f"Опубликована {tell_moment(post.published_at)}."
    if post.state == Post.State.SCHEDULED:
        former = (
            f" Прежнее время — {tell_moment(post.withdrawn_from)}." if post.withdrawn_from else ""
        )
        moment = tell_day_and_moment(post.published_at)
        return f"Выйдет {moment}. До этого посетители её не увидят.{former}"
    if post.state == Post.State.IN_REVIEW:
        return f"На проверке у редактора: отправлена {tell_moment(post.submitted_at)}."
    if post.state == Post.State.RETURNED:
        return f"Возвращена автору {tell_moment(post.returned_at)}."
    if post.withdrawn_from:
        return f"Скрыта: посетители её не видят. Выходила {tell_moment(post.withdrawn_from)}."
    return "Черновик: посетители его не видят."


def review_words(post):
    """What its author wrote to the editors, or an editor to the author; "" if nothing."""
    words = {Post.State.IN_REVIEW: post.review_note, Post.State.RETURNED: post.return_reason}
    return words.get(post.state, "")


def list_transitions(post, may_publish):
    """The transitions that a user may ask for in the state of the post."""
    offered = OF_EDITORS if may_publish else OF_AUTHORS
    return [
        kind
        for kind in offered
        if post.state in ALLOWED_STATES[kind]
        and (kind != Transition.REPUBLISH or post.withdrawn_from)
    ]


def list_buttons(post, may_publish, is_rescheduled=False):
    """The submit buttons for the stored state of a post and the permission of the user.

    The first one, which Enter presses, never publishes. `is_rescheduled` means that the form
    contains a publication time other than the stored one.
    """
    kinds = list_transitions(post, may_publish)
    main = next((kind for kind in MAIN if kind in kinds and post.published_at is None), None)
    label = RESCHEDULED_LABEL if is_rescheduled else save_label(post)
    buttons = [Button(kind.value, button_label(post, kind), is_main=kind is main) for kind in kinds]
    save = Button("_save", label, is_main=main is None)
    return [save, *buttons, Button("_continue", "Сохранить и продолжить")]


def save_label(post):
    if post.state == Post.State.SCHEDULED:
        return f"Сохранить: выйдет {tell_moment(post.published_at)}"
    return SAVE_LABELS[post.state]


def button_label(post, kind):
    if kind == Transition.REPUBLISH and post.published_at:
        return f"Вернуть прежнее время: {tell_moment(post.withdrawn_from)}"
    if kind == Transition.REPUBLISH:
        return f"{kind.label}: {full_date(post.withdrawn_from)}"
    if kind == Transition.PUBLISH and post.withdrawn_from and post.published_at is None:
        return "Опубликовать с сегодняшней датой"
    if kind == Transition.WITHDRAW and post.state == Post.State.SCHEDULED:
        return "Вернуть в черновики"
    return kind.label
