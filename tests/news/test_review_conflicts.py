"""Two people make a step of the review of one draft."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from college_site.accounts.roles import EDITOR
from tests import factories
from tests.news.test_autosaves import log_in
from tests.news.test_post_admin import change, entries, errors
from tests.news.test_review import State, press, stored

pytestmark = pytest.mark.django_db


def test_a_form_of_an_editor_does_not_publish_what_was_taken_back(author, editor):
    post = factories.submitted(author=author)
    stored().recall()
    response = press(editor, "_publish", post)
    assert stored().state == State.DRAFT
    assert "была сохранена" in response.content.decode()


def test_a_step_without_a_version_looks_at_the_stored_state(editor):
    post = factories.draft()
    sent = entries(_return="1", reason="Нет даты.", slug=post.slug)
    response = log_in(editor).post(change(post), sent)
    assert "уже не сделать" in str(errors(response))
    assert stored().state == State.DRAFT


def test_a_form_without_a_version_claims_the_one_it_was_checked_with(editor, monkeypatch):
    claimed, post = [], factories.submitted()
    monkeypatch.setattr("news.admin.posts.claim_version", lambda post, sent: claimed.append(sent))
    log_in(editor).post(change(post), entries(_return="1", reason="Нет даты.", slug=post.slug))
    assert claimed == [post.version]


@pytest.mark.django_db(transaction=True)
def test_of_publishing_and_returning_at_the_same_moment_one_wins():
    editors = [factories.member(EDITOR) for _ in range(2)]
    post = factories.submitted()
    steps = {"_publish": log_in(editors[0]), "_return": log_in(editors[1])}
    start = Barrier(2)

    def send(button):
        start.wait(10)
        sent = entries(**{button: "1"}, slug=post.slug, version=post.version, reason="Нет даты.")
        try:
            return steps[button].post(change(post), sent).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        statuses = dict(zip(steps, pool.map(send, steps), strict=True))
    assert sorted(statuses.values()) == [200, 302]
    winner = "_publish" if stored().state == State.PUBLISHED else "_return"
    assert statuses[winner] == 302
