"""The review of drafts: authors submit them, editors publish or return them with a reason."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError

from college_site.accounts.roles import AUTHOR, EDITOR
from news.models import Autosave, Post
from news.models.publishing.states import ALLOWED_STATES, OF_AUTHORS, OF_EDITORS, Transition
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_admin import ADD, change, entries, errors

pytestmark = pytest.mark.django_db
LIST = "/admin/news/post/"
State = Post.State


def press(user, button, post=None, **fields):
    """Send the form of `post`, or of a new one, with a button."""
    sent = entries(**{button: "1"}, **fields)
    if post:
        sent |= {"slug": post.slug, "version": fields.get("version", post.version)}
    return log_in(user).post(change(post) if post else ADD, sent, follow=True)


def buttons(user, post=None):
    response = log_in(user).get(change(post) if post else ADD)
    return [button.name for button in response.context["buttons"]]


def fields(user, post=None):
    return log_in(user).get(change(post) if post else ADD).context["adminform"].form.fields


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


def stored():
    return Post.objects.get()


# Transitions --------------------------------------------------------------------------------------


MAKE = {
    State.DRAFT: factories.draft,
    State.IN_REVIEW: factories.submitted,
    State.RETURNED: factories.returned,
    State.SCHEDULED: lambda: factories.post(published_at="2999-01-01T00:00+00:00"),
    State.PUBLISHED: factories.post,
}
CALL = {
    Transition.SUBMIT: lambda post: post.submit("Готово."),
    Transition.RECALL: lambda post: post.recall(),
    Transition.RETURN: lambda post: post.return_to_author("Нет даты."),
    Transition.PUBLISH: lambda post: post.publish(),
    Transition.WITHDRAW: lambda post: post.unpublish(),
}
RESULT = {
    Transition.SUBMIT: State.IN_REVIEW,
    Transition.RECALL: State.DRAFT,
    Transition.RETURN: State.RETURNED,
    Transition.PUBLISH: State.PUBLISHED,
    Transition.WITHDRAW: State.DRAFT,
}


@pytest.mark.parametrize("kind", CALL)
@pytest.mark.parametrize("state", MAKE)
def test_a_transition_happens_only_in_the_states_that_allow_it(kind, state):
    MAKE[state]()
    post = stored()
    assert post.state == state
    if state in ALLOWED_STATES[kind]:
        CALL[kind](post)
        assert (post.state, stored().state) == (RESULT[kind], RESULT[kind])
    else:
        with pytest.raises(ValidationError, match=state.label):
            CALL[kind](post)
        assert stored().state == state


def test_every_transition_is_offered_to_somebody():
    assert {*OF_AUTHORS, *OF_EDITORS} == {*Transition} == {*ALLOWED_STATES}


def test_publishing_ends_the_review():
    post = factories.submitted("Посмотрите.")
    post.publish()
    assert (post.submitted_at, post.review_note) == (None, "")


def test_submitting_again_forgets_the_earlier_reason():
    post = factories.returned("Нет даты.")
    post.submit("Дата есть.")
    assert (post.return_reason, post.returned_at, post.review_note) == ("", None, "Дата есть.")


@pytest.mark.parametrize(("reason", "words"), [(" \r\n", "причину"), ("x" * 1001, "1000 знаков")])
def test_an_unusable_reason_returns_nothing(reason, words):
    post = factories.submitted()
    with pytest.raises(ValidationError, match=words):
        post.return_to_author(reason)
    assert stored().state == State.IN_REVIEW


RIVALS = [
    (Transition.PUBLISH, Transition.PUBLISH),
    (Transition.PUBLISH, Transition.RETURN),
    (Transition.PUBLISH, Transition.RECALL),
    (Transition.RETURN, Transition.RETURN),
    (Transition.RETURN, Transition.RECALL),
    (Transition.RECALL, Transition.RETURN),
    (Transition.RECALL, Transition.RECALL),
]


@pytest.mark.parametrize(("first", "second"), RIVALS)
def test_of_two_steps_from_one_state_the_second_is_told(first, second):
    mine, other = factories.submitted(), stored()
    CALL[first](mine)
    with pytest.raises(ValidationError, match="тем временем"):
        CALL[second](other)
    assert stored().state == RESULT[first]


# Buttons and fields -------------------------------------------------------------------------------


OFFERED = [
    (AUTHOR, factories.draft, ["_save", "_submit", "_continue"]),
    (AUTHOR, factories.returned, ["_save", "_submit", "_continue"]),
    (AUTHOR, factories.submitted, ["_save", "_recall", "_continue"]),
    (EDITOR, factories.draft, ["_save", "_publish", "_continue"]),
    (EDITOR, factories.returned, ["_save", "_publish", "_continue"]),
    (EDITOR, factories.submitted, ["_save", "_return", "_publish", "_continue"]),
    (EDITOR, factories.post, ["_save", "_withdraw", "_continue"]),
]


@pytest.mark.parametrize(("role", "make", "names"), OFFERED)
def test_the_buttons_depend_on_state_and_permission(role, make, names):
    user = factories.member(role)
    assert buttons(user, make(author=user)) == names


def test_a_new_post_of_an_author_can_be_submitted_not_published(author):
    assert buttons(author) == ["_save", "_submit", "_continue"]
    assert "published_at" not in fields(author)


def test_only_those_who_publish_have_a_field_for_the_moment(author, editor):
    post = factories.draft(author=author)
    assert "published_at" in fields(editor, post)
    assert "published_at" not in fields(author, post)


# Authors ------------------------------------------------------------------------------------------


def test_a_new_post_belongs_to_its_author(author):
    press(author, "_save")
    assert (stored().author, stored().state) == (author, State.DRAFT)


def test_an_author_submits_a_new_post_with_a_note(author):
    response = press(author, "_submit", note="Нужно к понедельнику.")
    assert (stored().state, stored().review_note) == (State.IN_REVIEW, "Нужно к понедельнику.")
    assert "На проверке" in said(response)


def test_saving_by_an_editor_leaves_the_author(author, editor):
    post = factories.draft(author=author)
    press(editor, "_save", post)
    assert stored().author == author


FORBIDDEN = [kind.value for kind in OF_EDITORS]


@pytest.mark.parametrize("button", FORBIDDEN)
def test_a_button_of_editors_saves_a_draft_of_an_author(author, button):
    response = press(author, button, factories.draft(author=author), title="Новое", reason="x")
    assert (stored().title, stored().state) == ("Новое", State.DRAFT)
    assert "Публиковать может редактор" in said(response)


@pytest.mark.parametrize("button", [*FORBIDDEN, "_save"])
@pytest.mark.parametrize("moment", ["01.01.2020", "01.01.2099"])
def test_a_moment_sent_by_an_author_publishes_nothing(author, button, moment):
    sent = {"published_at_0": moment, "published_at_1": "10:00"}
    press(author, button, factories.draft(author=author), **sent)
    assert stored().published_at is None


@pytest.mark.parametrize("action", ["publish_selected", "unpublish_selected"])
def test_an_author_publishes_nothing_by_an_action(author, action):
    post = factories.draft(author=author)
    log_in(author).post(LIST, {"action": action, "_selected_action": [post.pk]})
    assert stored().published_at is None


def test_an_author_takes_a_draft_back_and_changes_its_text(author):
    press(author, "_recall", factories.submitted(author=author), title="Исправлено")
    assert (stored().title, stored().state) == ("Исправлено", State.DRAFT)


def test_the_author_reads_the_reason_in_form_and_list(author):
    post = factories.returned("Нет <b>даты</b>.", author=author)
    for address in (change(post), LIST):
        assert "Нет &lt;b&gt;даты&lt;/b&gt;." in log_in(author).get(address).content.decode()


def test_an_author_refers_to_a_published_announcement_only(author):
    published, hidden = factories.announcement(), factories.draft(kind="announcement")
    choices = fields(author)["announcement"].queryset
    assert (published in choices, hidden in choices) == (True, False)
    source = "app_label=news&model_name=post&field_name=announcement"
    found = log_in(author).get(f"/admin/autocomplete/?{source}&term=").json()["results"]
    assert [row["id"] for row in found] == [str(published.pk)]


def test_an_author_keeps_the_announcement_that_only_editors_see(author):
    hidden = factories.draft(title="Тайное", kind="announcement")
    post = factories.draft(author=author, announcement=hidden)
    assert "Тайное" not in log_in(author).get(change(post)).content.decode()
    press(author, "_save", post, title="Новое", announcement="")
    assert (Post.objects.get(pk=post.pk).title, Post.objects.get(pk=post.pk).announcement) == (
        "Новое",
        hidden,
    )


def test_what_is_sent_after_the_publication_is_offered_as_a_new_post(author):
    post = factories.submitted(author=author)
    stored().publish()
    page = press(author, "_save", post, title="Поздно").content.decode()
    assert stored().title == post.title
    assert "Этой публикации у вас больше нет" in page
    assert "Поздно" in page


def test_entries_for_a_post_published_meanwhile_are_offered_as_new(author):
    post = factories.post(author=author)
    factories.autosave(user=author, post=post, entries="title=Недописано")
    assert "Недописано" in log_in(author).get(LIST).content.decode()
    slot = Autosave.objects.get()
    assert slot.post is None
    assert "Недописано" in log_in(author).get(f"{ADD}?autosave={slot.pk}").content.decode()


# Editors ------------------------------------------------------------------------------------------


def test_an_editor_returns_a_draft_with_a_reason(author, editor):
    response = press(editor, "_return", factories.submitted(author=author), reason="Нет даты.")
    assert (stored().state, stored().return_reason) == (State.RETURNED, "Нет даты.")
    assert "Возвращена автору" in said(response)


def test_returning_without_a_reason_is_refused(author, editor):
    post = factories.submitted(author=author)
    response = press(editor, "_return", post, title="Правка", reason=" ")
    assert "Напишите причину" in errors(response)["reason"][0]
    assert stored().title == post.title


def test_an_editor_publishes_or_schedules_what_was_submitted(author, editor):
    press(editor, "_publish", factories.submitted(author=author))
    assert (stored().state, stored().submitted_at) == (State.PUBLISHED, None)


def test_scheduling_ends_the_review(author, editor):
    sent = {"published_at_0": "01.01.2099", "published_at_1": "10:00"}
    press(editor, "_save", factories.submitted(author=author), **sent)
    assert (stored().state, stored().submitted_at) == (State.SCHEDULED, None)


def test_the_history_tells_who_submitted_and_returned(author, editor):
    press(author, "_submit", factories.draft(author=author), note="Готово.")
    press(editor, "_return", stored(), reason="Нет даты.")
    entries_of_log = {(entry.user, entry.get_change_message()) for entry in LogEntry.objects.all()}
    assert (author, "Отправлено на проверку: Готово.") in entries_of_log
    assert (editor, "Возвращено автору: Нет даты.") in entries_of_log


def test_the_history_tells_who_published_by_an_action(editor):
    post = factories.draft()
    log_in(editor).post(LIST, {"action": "publish_selected", "_selected_action": [post.pk]})
    assert LogEntry.objects.get().user == editor
    assert "Опубликовано" in LogEntry.objects.get().get_change_message()


def test_what_waits_for_an_editor_is_listed_first(editor):
    scheduled = factories.post(published_at="2999-01-01T00:00+00:00")
    first, second = factories.submitted(), factories.submitted()
    published, draft = factories.post(), factories.draft()
    rows = log_in(editor).get(LIST).context["cl"].result_list
    assert list(rows) == [first, second, draft, scheduled, published]
