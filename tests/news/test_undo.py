"""Actions with selected posts: what they say, and how they are taken back."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from news.models import Post, UndoStep
from news.models.editing.revisions import RevisionAct
from tests import factories
from tests.clients import browser
from tests.news.test_autosaves import BACKEND, log_in

pytestmark = pytest.mark.django_db
LIST = "/admin/news/post/"


def act(client, action, *posts, **fields):
    sent = {"action": action, "_selected_action": [post.pk for post in posts], **fields}
    return client.post(LIST, sent, follow=True)


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def undo(client, user=None, key=None):
    key = key or UndoStep.objects.get().key
    return client.post(f"{LIST}undo/{key}/", follow=True)


def state(post):
    """What an action may change of the stored post."""
    fields = ("published_at", "withdrawn_from", "submitted_at", "review_note", "topic", "slug")
    return Post.objects.filter(pk=post.pk).values(*fields, "deleted_at", "deleted_by").get()


MAKE = {
    "publish_selected": lambda: factories.submitted("Готово.", title="Слёт"),
    "unpublish_selected": lambda: factories.post(title="Слёт"),
    "delete_selected": lambda: factories.post(title="Слёт"),
    "change_topic": lambda: factories.post(title="Слёт", topic=factories.topic()),
}
SAID = {
    "publish_selected": "Опубликовано: 1 публикация: «Слёт».",
    "unpublish_selected": "Снято с публикации, теперь это черновики: 1 публикация: «Слёт».",
    "delete_selected": "Убрано в корзину: 1 публикация: «Слёт».",
    "change_topic": "Убрана тема: 1 публикация: «Слёт».",
}


@pytest.mark.parametrize("action", MAKE)
def test_an_action_names_the_posts_and_can_be_undone(staff_client, action):
    post = MAKE[action]()
    before = state(post)
    said = text(act(staff_client, action, post, topic="none"))
    assert SAID[action] in said
    assert "Отменить" in said
    assert state(post) != before
    assert "Отменено: 1 публикация: «Слёт»." in text(undo(staff_client))
    assert state(post) == before
    assert post.revisions.first().act == RevisionAct.UNDONE
    assert not UndoStep.objects.exists()


def test_the_topic_of_several_posts_is_changed_together(staff_client):
    topic, posts = factories.topic(title="Наука"), [factories.post(), factories.draft()]
    said = text(act(staff_client, "change_topic", *posts, topic=topic.pk))
    assert "Изменена тема на «Наука»: 2 публикации" in said
    assert set(Post.objects.values_list("topic", flat=True)) == {topic.pk}
    assert "Тема не изменена" in text(act(staff_client, "change_topic", posts[0], topic=topic.pk))


@pytest.mark.parametrize("sent", ["", "x", "99999", "-1", "\u0663", "9" * 40])
def test_an_unknown_topic_changes_nothing(staff_client, sent):
    post = factories.post(topic=factories.topic())
    response = act(staff_client, "change_topic", post, topic=sent)
    assert "Выберите тему" in text(response)
    assert Post.objects.get().topic is not None


def test_the_list_offers_the_topics_beside_the_actions(staff_client):
    factories.post(topic=factories.topic(title="Наука"))
    factories.post(topic=factories.topic(title="Спорт"))
    form = staff_client.get(LIST).context["action_form"]
    labels = [str(label) for _, label in form.fields["topic"].widget.choices]
    assert labels == ["без темы", "Наука", "Спорт"]


def test_one_post_that_is_deleted_can_be_taken_back_at_once(staff_client):
    post = factories.post()
    said = text(staff_client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"}, follow=True))
    assert "Убрано в корзину: 1 публикация" in said
    undo(staff_client)
    assert Post.objects.published().get() == post


def test_what_was_not_done_is_said_with_the_reason(staff_client):
    undated = factories.draft(kind=Post.Kind.ANNOUNCEMENT, title="Без даты")
    published = factories.post(title="Давно вышла")
    said = text(act(staff_client, "publish_selected", undated, published))
    assert "Не опубликовано: 1 публикация: «Без даты». Без даты события анонс" in said
    assert "Не опубликовано: 1 публикация: «Давно вышла». Уже на сайте." in said
    assert "Отменить" not in said


def test_many_posts_are_named_shortly(staff_client):
    posts = [factories.draft(title=f"Слёт {n}") for n in range(8)]
    assert "и ещё 3" in text(act(staff_client, "publish_selected", *posts))
    assert "Отменено: 8 публикаций" in text(undo(staff_client))


def test_a_post_that_changed_since_is_left_as_it_is(staff_client):
    changed, other = factories.post(title="Правленая"), factories.post(title="Прежняя")
    act(staff_client, "unpublish_selected", changed, other)
    stored = Post.objects.get(pk=changed.pk)
    stored.lead = "Коллега дописал."
    stored.save()
    said = text(undo(staff_client))
    assert "Отменено: 1 публикация: «Прежняя»." in said
    assert "Не отменено: 1 публикация: «Правленая». Её с тех пор изменили." in said
    assert [post.title for post in Post.objects.published()] == ["Прежняя"]


def test_a_post_that_is_gone_is_named(staff_client):
    post = factories.post(title="Слёт")
    act(staff_client, "delete_selected", post)
    Post.objects.get().purge()
    assert "«Слёт». Её удалили навсегда." in text(undo(staff_client))


def test_the_right_is_asked_again(editor):
    post, client = factories.draft(), log_in(editor)
    act(client, "publish_selected", post)
    editor.groups.set(factories.member("Автор").groups.all())
    assert "нет на это права" in text(undo(client))
    assert Post.objects.published().exists()


def test_an_author_deletes_own_drafts_only_and_takes_them_back(author):
    own, scheduled = factories.draft(author=author), factories.post(author=author, title="Скоро")
    Post.objects.filter(pk=scheduled.pk).update(published_at="2099-01-01T00:00+00:00")
    client = log_in(author)
    said = text(act(client, "delete_selected", own, scheduled))
    assert "Убрано в корзину: 1 публикация" in said
    assert "Не убрано в корзину: 1 публикация: «Скоро»" in said
    undo(client)
    assert not Post.objects.in_bin().exists()


def test_nobody_undoes_what_another_did(staff_client, editor):
    post = factories.post()
    act(staff_client, "unpublish_selected", post)
    response = undo(log_in(editor))
    assert "Отменить уже нельзя" in text(response)
    assert not Post.objects.published().exists()


def test_the_same_step_is_undone_once(staff_client):
    act(staff_client, "unpublish_selected", factories.post())
    key = UndoStep.objects.get().key
    undo(staff_client, key=key)
    assert "Отменить уже нельзя" in text(undo(staff_client, key=key))
    assert "Отменить уже нельзя" in text(undo(staff_client, key=uuid4()))


def test_the_button_of_an_earlier_step_undoes_nothing(staff_client):
    first, second = factories.post(), factories.post()
    act(staff_client, "unpublish_selected", first)
    key = UndoStep.objects.get().key
    act(staff_client, "unpublish_selected", second)
    assert "Отменить уже нельзя" in text(undo(staff_client, key=key))
    assert not Post.objects.published().exists()


def test_a_step_can_be_undone_for_ten_minutes(staff_client):
    act(staff_client, "unpublish_selected", factories.post())
    now = timezone.now()
    with time_machine.travel(now + datetime.timedelta(minutes=9)):
        assert "Отменить" in text(staff_client.get(LIST))
    with time_machine.travel(now + datetime.timedelta(minutes=11)):
        assert "Отменить" not in text(staff_client.get(LIST))
        assert "Отменить уже нельзя" in text(undo(staff_client))
    assert not Post.objects.published().exists()


def test_undoing_needs_a_token():
    client = browser(enforce_csrf_checks=True)
    user = factories.staff()
    client.force_login(user, backend=BACKEND)
    act(log_in(user), "unpublish_selected", factories.post())
    assert undo(client).status_code == 403
    assert not Post.objects.published().exists()


def test_markup_in_a_title_is_shown_as_text(staff_client):
    post = factories.post(title="<script>alert(1)</script>")
    assert "<script>alert" not in text(act(staff_client, "unpublish_selected", post))
    assert "<script>alert" not in text(undo(staff_client))
