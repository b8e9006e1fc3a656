"""Messages to staff: what is urgent, what was done, what remains to be done."""

import datetime

import pytest
from django.utils import timezone

from feedback.models import Mail, RateLimitCounter, Suggestion
from feedback.models.rate_limits import Scope
from tests import factories
from tests.feedback.suggestion_admin import LIST, RIGHTS, act, enter, page_of

pytestmark = pytest.mark.django_db
FIRST = "закрытая очередь без ответа: 1"


def received(days_ago, **fields):
    moment = timezone.now() - datetime.timedelta(days=days_ago)
    return factories.suggestion(received_at=moment, **fields)


@pytest.fixture
def worker(client):
    return enter(client, *RIGHTS)


# Urgent suggestions -------------------------------------------------------------------------------


def test_open_restricted_suggestions_are_listed_first(client):
    enter(client, *RIGHTS, "view_restricted")
    urgent = received(9, is_restricted=True)
    done = received(8, is_restricted=True, status="declined", answer="Помогли.")
    usual = received(1)
    listed = client.get(LIST).context["cl"].result_list
    assert list(listed) == [urgent, usual, done]


def test_a_notice_counts_and_links_open_restricted_suggestions(client):
    enter(client, *RIGHTS, "view_restricted")
    urgent = received(9, is_restricted=True)
    received(8, is_restricted=True, status="withdrawn")
    received(1)
    assert FIRST in client.get(LIST).content.decode()
    listed = client.get(f"{LIST}?attention=urgent").context["cl"].result_list
    assert list(listed) == [urgent]


@pytest.mark.usefixtures("worker")
def test_restricted_suggestions_are_not_counted_without_the_permission(client):
    received(9, is_restricted=True)
    page = client.get(f"{LIST}?attention=urgent")
    assert FIRST not in page.content.decode()
    assert list(page.context["cl"].result_list) == []


@pytest.mark.usefixtures("worker")
def test_publications_that_lack_the_answer_are_counted(client):
    factories.publication(suggestion=factories.answered(may_publish=True), answer="")
    factories.publication(suggestion=factories.answered(may_publish=True))
    factories.publication(suggestion=factories.suggestion(may_publish=True), answer="")
    assert "в публичном ответе его нет: 1" in client.get(LIST).content.decode()


@pytest.mark.usefixtures("worker")
def test_a_warning_shows_until_the_privacy_policy_is_set(client):
    factories.college()
    assert "политики обработки персональных данных" in client.get(LIST).content.decode()
    factories.college(privacy_policy_url="https://college.example.ru/policy/")
    assert "политики обработки" not in client.get(LIST).content.decode()


# Messages after an action -------------------------------------------------------------------------


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize(
    ("action", "words", "said"),
    [("taken_up", "", "взято в работу"), ("answered", "Сделали.", "дан ответ")],
)
def test_the_message_after_an_action_names_it(client, action, words, said):
    suggestion = factories.suggestion()
    act(client, suggestion, action, words)
    page = client.get(LIST).content.decode()
    assert f"№ {suggestion.number}: {said}." in page
    assert "успешно" not in page


@pytest.mark.usefixtures("worker")
def test_any_staff_member_can_restrict_a_suggestion_and_loses_access(client):
    suggestion = factories.suggestion(text="Меня обижают в группе.")
    response = act(client, suggestion, "restricted")
    assert response.url == LIST
    page = client.get(LIST).content.decode()
    assert "читают только сотрудники с особым правом" in page
    assert "Меня обижают" not in page
    assert Suggestion.objects.get().is_restricted


@pytest.mark.usefixtures("worker")
def test_an_act_that_leaves_it_open_stays_on_the_page(client):
    suggestion = factories.suggestion()
    assert act(client, suggestion, "taken_up").url == page_of(suggestion)


@pytest.mark.usefixtures("worker")
def test_answering_a_published_suggestion_links_the_outdated_publication(client):
    suggestion = factories.suggestion(may_publish=True)
    publication = factories.publication(suggestion=suggestion, answer="")
    act(client, suggestion, "answered", "Сделали.")
    page = client.get(LIST).content.decode()
    assert f'<a href="/admin/feedback/publication/{publication.pk}/change/">' in page


@pytest.mark.usefixtures("worker")
def test_the_email_list_has_russian_column_headings(client):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    factories.suggestion(email="a@example.ru", **consent)
    assert Mail.objects.exists()
    page = client.get("/admin/feedback/mail/").content.decode()
    assert "Событие" in page
    assert "Event" not in page.partition("result_list")[2]


@pytest.mark.parametrize(
    ("right", "address"),
    [
        ("view_mail", "/admin/feedback/mail/?delivery=failing"),
        ("view_ratelimitspan", "/admin/feedback/ratelimitspan/?scope__exact=guesses"),
        ("view_publication", "/admin/feedback/publication/?state=lacking"),
        ("change_college", "/admin/college_site/college/"),
    ],
)
@pytest.mark.parametrize("may_open", [False, True])
def test_a_notice_links_only_what_the_user_may_open(client, read_page, right, address, may_open):
    enter(client, "view_suggestion", "view_queue", *([right] if may_open else []))
    factories.college()
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    factories.publication(
        suggestion=factories.answered(may_publish=True, email="a@example.ru", **consent), answer=""
    )
    Mail.objects.update(last_error="Connection refused")
    RateLimitCounter.add(Scope.GUESSES, "", 11)
    page = client.get(LIST)
    notes = page.content.decode().partition('class="desk-notes"')[2].partition("</ul>")[0]
    assert notes.count("<li>") == 4
    assert (f'href="{address}"' in notes) is may_open


@pytest.mark.usefixtures("worker")
def test_restricted_answers_are_not_counted_without_the_permission(client):
    suggestion = factories.answered(may_publish=True)
    factories.publication(suggestion=suggestion, answer="")
    Suggestion.objects.update(is_restricted=True)
    assert client.get(LIST).context["lacking"] == 0


@pytest.mark.usefixtures("worker")
def test_emails_with_most_attempts_are_listed_first(client):
    consent = {"consent": factories.consent(), "consented_at": timezone.now()}
    for _ in range(2):
        factories.suggestion(email="a@example.ru", **consent)
    first, second = Mail.objects.order_by("pk")
    Mail.objects.filter(pk=first.pk).update(attempts=9)
    listed = client.get("/admin/feedback/mail/").context["cl"].result_list
    assert list(listed) == [first, second]


@pytest.mark.usefixtures("worker")
@pytest.mark.parametrize("staging_hash", ["", "0" * 64])
def test_a_suggestion_with_files_is_marked_in_the_list(client, staging_hash):
    factories.attachment("0" * 64)
    factories.suggestion(staging_hash=staging_hash)
    rows = client.get(LIST).content.decode().partition("result_list")[2]
    assert ("файлы" in rows) is bool(staging_hash)
