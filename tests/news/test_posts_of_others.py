"""An author learns nothing of drafts of others, whichever address is tried."""

import pytest

from college_site.accounts.roles import AUTHOR, EDITOR, KEEPER
from news.models import Autosave, Participation, Photo, Post
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_access import (
    DRAFT_KEY,
    KEY,
    LIST,
    MARK,
    MISSING,
    OF_REVISION,
    SLOT,
    answer_to,
    client_of,
    own_draft,
)
from tests.news.test_post_admin import change, entries

pytestmark = pytest.mark.django_db

GUESSED = [
    *(f"news_post_{page}" for page in ("change", "history", "delete", "copy", "report")),
    *(
        f"news_post_{page}"
        for page in ("preview", "preview_page", "preview_card", "preview_links", "channel")
    ),
    "news_preview_link_revoke",
    *(f"news_post_{page}" for page in OF_REVISION),
    *(f"news_photo_{change}" for change in ("change", "cover", "rotate", "delete", "takedown")),
]


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", GUESSED)
def test_the_draft_of_another_answers_like_none(name, method):
    own_draft(factories.member(AUTHOR))
    client = client_of(factories.member(AUTHOR))
    status, words = answer_to(client, name, method, DRAFT_KEY)
    other_status, other_words = answer_to(client, name, method, MISSING)
    assert SLOT.sub("", words) == SLOT.sub("", other_words)
    assert (status, MARK in words) == (other_status, False)
    assert Post.objects.filter(title=MARK).exists()
    assert Photo.objects.filter(caption=MARK).exists()


def test_sending_the_form_of_another_post_saves_nothing():
    draft, _ = own_draft(factories.member(AUTHOR))
    client = client_of(factories.member(AUTHOR))
    page = client.post(change(draft), entries(title="Чужое"), follow=True)
    assert MARK not in page.content.decode()
    assert Post.objects.get().title == MARK


@pytest.mark.parametrize("key", [MISSING, None])
def test_a_slot_or_photo_for_the_post_of_another_is_not_found(key):
    draft, _ = own_draft(factories.member(AUTHOR))
    user = factories.member(AUTHOR)
    sent = {"user": user.pk, "post": key or draft.pk, "page": str(KEY), "entries": []}
    slot = f"{LIST}autosave/00000000-0000-4000-8000-000000000002/"
    client = log_in(user)
    assert client.post(slot, sent, "application/json").status_code == 404
    assert client.post(f"{slot}photos/", {"post": key or draft.pk}).status_code == 404
    assert not Autosave.objects.filter(user=user).exists()


def test_photos_of_another_cannot_be_ordered():
    _, photo = own_draft(factories.member(AUTHOR))
    client = log_in(factories.member(AUTHOR))
    response = client.post(f"{LIST}photos/order/", {"photo": [photo.pk]})
    assert response.status_code == 404


@pytest.mark.parametrize(
    "query", ["", "?q=mark", "?state=draft", "?_facets=True", "?o=1", "?kind__exact=report"]
)
def test_the_list_of_another_author_is_empty(query):
    own_draft(factories.member(AUTHOR))
    response = log_in(factories.member(AUTHOR)).get(f"{LIST}{query}")
    assert response.context["cl"].result_count == 0
    page = response.content.decode()
    assert MARK not in page.replace(query, "")
    assert "(1)" not in page


@pytest.mark.parametrize(
    "action", ["delete_selected", "publish_selected", "unpublish_selected", "change_topic"]
)
def test_no_action_reaches_the_post_of_another(action):
    draft, _ = own_draft(factories.member(AUTHOR))
    sent = {"action": action, "_selected_action": [draft.pk], "post": "yes"}
    page = log_in(factories.member(AUTHOR)).post(LIST, sent, follow=True).content.decode()
    assert MARK not in page
    assert Post.objects.get().state == Post.State.DRAFT


@pytest.mark.parametrize(
    "source",
    [
        "app_label=news&model_name=post&field_name=announcement",
        "app_label=feedback&model_name=publication&field_name=result_post",
    ],
)
def test_completion_names_no_draft_of_another(source):
    factories.draft(author=factories.staff(), title=MARK, kind="announcement")
    client = log_in(factories.member(AUTHOR))
    found = client.get(f"/admin/autocomplete/?{source}&term=").json()["results"]
    assert found == []


@pytest.mark.parametrize("model", ["topic", "partner"])
@pytest.mark.parametrize(("role", "count"), [(AUTHOR, 2), (KEEPER, 1), (EDITOR, 3)])
def test_topics_and_partners_count_only_what_the_user_may_see(model, role, count):
    user, topic, partner = factories.member(role), factories.topic(), factories.partner()
    posts = [
        factories.post(topic=topic),
        factories.draft(topic=topic, author=user if role == AUTHOR else None),
        factories.draft(topic=topic, author=factories.staff()),
    ]
    for post in posts:
        Participation.objects.create(post=post, partner=partner)
    [row] = log_in(user).get(f"/admin/news/{model}/").context["cl"].result_list
    assert row.post_count == count


def test_recent_actions_of_a_former_editor_name_no_draft_of_others(client):
    editor = factories.member(EDITOR)
    draft, _ = own_draft(factories.member(AUTHOR))
    log_in(editor).post(LIST, {"action": "publish_selected", "_selected_action": [draft.pk]})
    draft.refresh_from_db()
    draft.unpublish()
    assert MARK in log_in(editor).get("/admin/").content.decode()
    editor.groups.set(factories.member(AUTHOR).groups.all())
    assert MARK not in log_in(editor).get("/admin/").content.decode()
