"""The effects and messages of the publishing buttons and actions in the admin."""

import datetime

import pytest
import time_machine
from django.utils import timezone

from news.models import Post
from tests import factories
from tests.news.test_post_admin import ADD, change, entries, errors

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 11, 25, 8, 0, tzinfo=datetime.UTC)  # in Saratov 12:00
LATER = datetime.datetime(2026, 12, 1, 5, 0, tzinfo=datetime.UTC)
ONCE = datetime.datetime(2022, 2, 24, 6, 0, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def moment_fields(moment):
    """The POST data of the two fields for a datetime."""
    local = timezone.localtime(moment)
    return {"published_at_0": f"{local:%d.%m.%Y}", "published_at_1": f"{local:%H:%M:%S}"}


def press(client, button, post=None, moment=None, **fields):
    """Submit the form of `post` or of a new one with this button and publication time."""
    moment = moment or (post and post.published_at)
    sent = entries(**{button: "1"}, **(moment_fields(moment) if moment else {}), **fields)
    if post:
        sent |= {"slug": post.slug, "title": post.title}
    return client.post(change(post) if post else ADD, sent, follow=True)


def text(response):
    return response.content.decode().replace("\u00a0", " ")


def buttons(client, post=None):
    """The labels of the submit buttons; Enter presses the first one."""
    response = client.get(change(post) if post else ADD)
    return [button.label.replace("\u00a0", " ") for button in response.context["buttons"]]


def withdrawn_post():
    post = factories.post(published_at=ONCE)
    post.unpublish()
    return post


# Drafts -------------------------------------------------------------------------------------------


def test_a_draft_has_buttons_to_save_and_publish(staff_client):
    assert buttons(staff_client) == [
        "Сохранить черновик",
        "Опубликовать сейчас",
        "Сохранить и продолжить",
    ]


def test_the_publish_button_publishes(staff_client):
    assert "Опубликована 25 ноября в 12:00." in text(press(staff_client, "_publish"))
    assert Post.objects.get().published_at == NOW


def test_saving_with_a_future_time_schedules_the_post(staff_client):
    response = press(staff_client, "_save", moment=LATER)
    assert "Выйдет во вторник, 1 декабря, в 9:00 (Саратов)." in text(response)
    assert Post.objects.get().published_at == LATER


def test_publishing_with_a_future_time_is_refused(staff_client):
    response = press(staff_client, "_publish", moment=LATER)
    message = errors(response)["published_at"][0].replace("\u00a0", " ")
    assert "Чтобы публикация вышла 1 декабря 2026 года в 09:00 (МСК+1), сохраните её" in message
    assert not Post.objects.exists()


def test_saving_with_a_past_time_is_refused(staff_client):
    response = press(staff_client, "_save", moment=ONCE)
    assert "Это время уже прошло" in errors(response)["published_at"][0]
    assert not Post.objects.exists()


def test_publishing_with_a_past_time_keeps_it(staff_client):
    press(staff_client, "_publish", moment=ONCE)
    assert Post.objects.published().get().published_at == ONCE


def test_scheduling_an_announcement_requires_an_event_date(staff_client):
    response = press(staff_client, "_save", moment=LATER, kind="announcement")
    assert errors(response)["event_date"] == ["Без даты события анонс не опубликовать: укажите её."]


def test_an_invalid_form_shows_the_stored_state(staff_client):
    response = press(staff_client, "_publish", factories.draft(), kind="announcement")
    assert "Черновик: посетители его не видят." in text(response)
    assert "Снять с публикации" not in text(response)


def test_the_save_button_of_an_invalid_form_names_no_time(staff_client):
    post = factories.post(published_at=LATER)
    moment = LATER + datetime.timedelta(days=1)
    response = press(staff_client, "_save", post, moment=moment, kind="announcement")
    assert response.context["buttons"][0].label == "Сохранить с указанным временем выхода"


# Scheduled and published posts --------------------------------------------------------------------


def test_a_scheduled_post_has_buttons_for_every_transition(staff_client):
    assert buttons(staff_client, factories.post(published_at=LATER)) == [
        "Сохранить: выйдет 1 декабря в 09:00",
        "Вернуть в черновики",
        "Опубликовать сейчас",
        "Сохранить и продолжить",
    ]


@pytest.mark.parametrize(
    ("button", "moment"), [("_save", LATER), ("_withdraw", None), ("_publish", NOW)]
)
def test_the_buttons_of_a_scheduled_post_work(staff_client, button, moment):
    post = factories.post(published_at=LATER)
    press(staff_client, button, post)
    post.refresh_from_db()
    assert post.published_at == moment


def test_a_published_post_has_buttons_to_save_and_withdraw(staff_client):
    assert buttons(staff_client, factories.post()) == [
        "Сохранить изменения на сайте",
        "Снять с публикации",
        "Сохранить и продолжить",
    ]


def test_saving_a_published_post_keeps_its_time_exactly(staff_client):
    post = factories.post(published_at=ONCE.replace(microsecond=123456))
    press(staff_client, "_save", post)
    assert Post.objects.published().get().published_at == post.published_at


# Unpublished posts --------------------------------------------------------------------------------


def test_the_withdraw_button_stores_the_previous_time(staff_client):
    post = factories.post(published_at=ONCE)
    response = press(staff_client, "_withdraw", post)
    assert "Выходила 24 февраля 2022 в 10:00" in text(response)
    post.refresh_from_db()
    assert (post.state, post.withdrawn_from) == (Post.State.DRAFT, ONCE)


def test_clearing_the_time_withdraws_and_stores_the_previous_time(staff_client):
    post = factories.post(published_at=ONCE)
    staff_client.post(change(post), entries(slug=post.slug, _save="1"))
    post.refresh_from_db()
    assert (post.state, post.withdrawn_from) == (Post.State.DRAFT, ONCE)


def test_withdrawing_a_formerly_scheduled_post_stores_the_previous_time(staff_client, clock):
    post = factories.post(published_at=LATER)
    clock.move_to(LATER + datetime.timedelta(days=1))
    post.unpublish()
    assert post.withdrawn_from == LATER


def test_withdrawing_a_scheduled_post_stores_no_previous_time():
    post = factories.post(published_at=LATER)
    post.unpublish()
    assert post.withdrawn_from is None


def test_a_withdrawn_post_has_buttons_for_both_dates(staff_client):
    assert buttons(staff_client, withdrawn_post()) == [
        "Сохранить черновик",
        "Опубликовать с прежней датой: 24 февраля 2022 года",
        "Опубликовать с сегодняшней датой",
        "Сохранить и продолжить",
    ]


@pytest.mark.parametrize(("button", "moment"), [("_republish", ONCE), ("_publish", NOW)])
def test_the_buttons_of_a_withdrawn_post_work(staff_client, button, moment):
    press(staff_client, button, withdrawn_post())
    assert Post.objects.published().get().published_at == moment


# Actions ------------------------------------------------------------------------------------------


def act(client, action, *posts):
    sent = {"action": action, "_selected_action": [post.pk for post in posts]}
    return client.post("/admin/news/post/", sent, follow=True)


def test_several_posts_can_be_published_together(staff_client):
    posts = [factories.draft() for _ in range(3)]
    assert "Опубликовано: 3 публикации" in text(act(staff_client, "publish_selected", *posts))
    assert Post.objects.published().count() == 3


def test_several_posts_can_be_withdrawn_together(staff_client):
    posts = [factories.post() for _ in range(3)]
    act(staff_client, "unpublish_selected", *posts)
    assert not Post.objects.published().exists()


def test_bulk_publishing_skips_an_announcement_without_a_date(staff_client):
    undated, whole = factories.draft(kind=Post.Kind.ANNOUNCEMENT), factories.draft()
    response = act(staff_client, "publish_selected", undated, whole)
    assert response.status_code == 200
    assert "дат" in response.content.decode().partition('class="messagelist"')[2][:600]
    assert list(Post.objects.published()) == [whole]


def test_bulk_publishing_restores_the_date_of_a_withdrawn_post(staff_client):
    act(staff_client, "publish_selected", withdrawn_post())
    assert Post.objects.published().get().published_at == ONCE


def test_publishing_a_rescheduled_post_uses_the_current_time():
    post = withdrawn_post()
    post.published_at = LATER
    post.save()
    post.publish()
    assert post.published_at == NOW


def test_bulk_publishing_does_not_count_published_posts(staff_client):
    response = act(staff_client, "publish_selected", factories.draft(), factories.post())
    assert "Опубликовано: 1 публикация" in text(response)
    assert "Не опубликовано: 1 публикация" in text(response)


def test_bulk_withdrawal_does_not_count_drafts(staff_client):
    response = act(staff_client, "unpublish_selected", factories.draft(), factories.post())
    assert "Снято с публикации, теперь это черновики: 1 публикация" in text(response)
    assert "Не снято: 1 публикация" in text(response)


@pytest.mark.parametrize("action", ["publish_selected", "unpublish_selected"])
def test_a_bulk_action_without_effect_shows_a_warning(staff_client, action):
    post = factories.post() if action == "publish_selected" else factories.draft()
    [message] = act(staff_client, action, post).context["messages"]
    assert message.level_tag == "warning"
    assert f"«{post}»" in message.message


def test_drafts_are_listed_before_scheduled_and_published_posts(staff_client):
    published, scheduled = factories.post(), factories.post(published_at=LATER)
    draft = factories.draft()
    rows = staff_client.get("/admin/news/post/").context["cl"].result_list
    assert list(rows) == [draft, scheduled, published]
