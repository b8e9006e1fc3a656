"""Each role of the answer desk at each address with each method; what guessing tells.

The addresses come from the resolver: one without a line in the table fails a test.
"""

from uuid import uuid4

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from college_site.accounts.roles import (
    EDITOR,
    HEAD,
    INTAKE,
    RESPONSIBLE,
    RESTRICTED_QUEUE,
)
from feedback.models import Event, Suggestion
from feedback.models.workflow.access import may_act
from tests import factories
from tests.clients import browser
from tests.feedback.suggestion_admin import LIST, act, page_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
MARK = "marksuggestion"
MISSING = 999_999
KINDS = ("common", "own", "topic", "quarantine", "restricted")
ROLES = {
    "visitor": lambda: None,
    "former": lambda: factories.member(HEAD, is_staff=False),
    "editor": lambda: factories.member(EDITOR),
    "responsible": lambda: factories.member(RESPONSIBLE),
    "intake": lambda: factories.member(INTAKE),
    "named": lambda: factories.member(RESTRICTED_QUEUE),
    "head": lambda: factories.member(HEAD),
    "superuser": factories.staff,
}
SEEN = {  # which kinds of suggestions each role sees, everywhere
    "visitor": "",
    "former": "",
    "editor": "",
    "responsible": "own topic",
    "intake": "common own topic quarantine",
    "named": "own topic restricted",
    "head": "common own topic quarantine",
    "superuser": "common own topic quarantine restricted",
}
# By address, in the order of ROLES: the status of GET and of POST without entries, for a suggestion
# of the common queue. 302 leads visitors and former staff to the login, others away from what does
# not exist for them.
# fmt: off
EXPECTED = {
    #                             visitor former  editor  respon. intake  named   head    superuser
    "suggestion_changelist":      "302/302 302/302 403/403 200/200 200/200 200/200 200/200 200/200",
    "suggestion_add":             "302/403 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "suggestion_change":          "302/403 302/302 403/405 302/405 200/405 302/405 200/405 200/405",
    "suggestion_act":             "302/403 302/302 403/403 302/302 200/200 302/302 200/200 200/200",
    "suggestion_draft":           "405/401 405/401 405/403 405/422 405/422 405/422 405/422 405/422",
    "suggestion_undo":            "302/302 302/302 405/403 405/302 405/302 405/302 405/302 405/302",
    "suggestion_next":            "302/302 302/302 403/405 302/405 302/405 302/405 302/405 302/405",
    "suggestion_previous":        "302/302 302/302 403/405 302/405 302/405 302/405 302/405 302/405",
    "suggestion_history":         "302/302 302/302 302/302 302/302 200/200 302/302 200/200 200/200",
    "suggestion_delete":          "302/302 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "suggestion_contact":         "302/302 302/302 403/405 403/405 403/405 404/405 200/405 200/405",
    "suggestion_intake":          "302/403 302/302 403/403 403/403 200/200 403/403 200/200 200/200",
    "suggestion_receipt":         "302/302 302/302 403/403 403/403 302/302 403/403 302/302 302/302",
    "suggestion_register":        "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "suggestion_tabs":            "302/302 302/302 405/403 405/302 405/302 405/302 405/302 405/302",
    "suggestion_tab":             "302/302 302/302 405/403 405/404 405/404 405/404 405/404 405/404",
    "suggestion_figures":         "302/302 302/302 403/405 403/405 403/405 403/405 200/405 200/405",
    "suggestion_report":          "302/302 302/302 403/405 403/405 403/405 403/405 200/405 200/405",
    "suggestion_workbook":        "302/302 302/302 403/405 403/405 403/405 403/405 200/405 200/405",
    "suggestion_paper":           "302/302 302/302 403/405 403/405 403/405 403/405 404/405 404/405",
    "publication_changelist":     "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "publication_add":            "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "publication_change":         "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "publication_history":        "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "publication_delete":         "302/302 302/302 403/403 403/403 403/403 403/403 200/302 200/302",
    "suggestiontopic_poster":     "302/302 302/302 403/405 200/405 200/405 200/405 200/405 200/405",
    "suggestiontopic_qr":         "302/302 302/302 403/405 200/405 200/405 200/405 200/405 200/405",
    "suggestiontopic_changelist": "302/302 302/302 403/403 200/200 200/200 200/200 200/200 200/200",
    "suggestiontopic_add":        "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "suggestiontopic_change":     "302/403 302/302 403/403 200/403 200/403 200/403 200/200 200/200",
    "suggestiontopic_history":    "302/302 302/302 403/403 200/200 200/200 200/200 200/200 200/200",
    "suggestiontopic_delete":     "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "preparedanswer_changelist":  "302/302 302/302 403/403 200/200 200/200 200/200 200/200 200/200",
    "preparedanswer_add":         "302/403 302/302 403/403 200/200 403/403 200/200 200/200 200/200",
    "preparedanswer_change":      "302/403 302/302 403/403 200/200 200/403 200/200 200/200 200/200",
    "preparedanswer_history":     "302/302 302/302 403/403 200/200 200/200 200/200 200/200 200/200",
    "preparedanswer_delete":      "302/302 302/302 403/403 403/403 403/403 403/403 200/302 200/302",
    "staffmail_changelist":       "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "staffmail_add":              "302/403 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "staffmail_change":           "302/403 302/302 403/403 403/403 403/403 403/403 200/403 200/403",
    "staffmail_history":          "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "staffmail_delete":           "302/302 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "staffmail_mine":             "302/302 302/302 403/403 200/302 200/302 200/302 200/302 200/302",
    "consent_changelist":         "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "consent_add":                "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "consent_change":             "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "consent_history":            "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "consent_delete":             "302/302 302/302 403/403 403/403 403/403 403/403 403/403 200/302",
    "mail_changelist":            "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "mail_add":                   "302/403 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "mail_change":                "302/403 302/302 403/403 403/403 403/403 403/403 200/403 200/403",
    "mail_history":               "302/302 302/302 302/302 302/302 403/403 302/302 200/200 200/200",
    "mail_delete":                "302/302 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "ratelimitspan_changelist":   "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "ratelimitspan_add":          "302/403 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
    "ratelimitspan_change":       "302/403 302/302 403/403 403/403 403/403 403/403 200/403 200/403",
    "ratelimitspan_history":      "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "ratelimitspan_delete":       "302/302 302/302 403/403 403/403 403/403 403/403 403/403 403/403",
}
# fmt: on
MODELS = [model for model in admin.site._registry if model._meta.app_label == "feedback"]
NAMES = [
    pattern.name.removeprefix("feedback_")
    for model in MODELS
    for pattern in admin.site.get_model_admin(model).get_urls()
    if pattern.name
]


def test_every_address_of_the_desk_has_a_line_in_the_table():
    assert sorted(NAMES) == sorted(EXPECTED)


def make_rows(role):
    """The user of a role, and a suggestion of the common queue with all that belongs to it."""
    user = ROLES[role]()
    suggestion = make("common", user)
    copy = factories.publication(suggestion=suggestion)
    mail = suggestion.events.get(kind="received").mail
    span = factories.rate_limit_span()
    letter = factories.staff_mail()
    rows = [suggestion, copy, suggestion.topic, factories.consent(), mail, letter, span]
    rows.append(factories.prepared_answer())
    return user, {row._meta.model_name: row.pk for row in rows}


def make(kind, user):
    """A suggestion of this kind with a file and a letter, as seen by the user."""
    factories.attachment(kind, name=f"{MARK}.jpg")
    mine = factories.suggestion_topic(responsible=user) if kind == "topic" else None
    suggestion = factories.suggestion(
        staging_hash=kind,
        topic=mine,
        text=f"{MARK} {kind}",
        status="quarantine" if kind == "quarantine" else "received",
        is_restricted=kind == "restricted",
        may_publish=True,
        **factories.contact(),
    )
    owner = user if kind == "own" else None if kind == "topic" else suggestion.responsible
    Suggestion.objects.filter(pk=suggestion.pk).update(responsible=owner)
    return suggestion


WITHOUT_ROW = (
    "changelist",
    "add",
    "mine",
    "register",
    "tabs",
    "figures",
    "report",
    "workbook",
    "intake",
    "receipt",
    "poster",
    "qr",
)


def address_of(name, rows):
    model, page = name.split("_")
    own = [] if page in WITHOUT_ROW else [rows[model]]
    own = ["akt-2026-11-29-120000-000000.pdf"] if page == "paper" else own
    own += ["note"] if page == "act" else []
    own = [uuid4()] if page == "undo" else own
    return reverse(f"admin:feedback_{name}", args=own)


def client_of(user):
    client = browser()
    client.raise_request_exception = False
    if user:
        client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.parametrize("name", EXPECTED)
def test_every_role_gets_what_the_table_says(name):
    got = []
    for role in ROLES:
        with transaction.atomic():
            user, rows = make_rows(role)
            client, address = client_of(user), address_of(name, rows)
            read = client.get(address).status_code
            assert client.head(address).status_code == read
            sent = {"post": "yes"} if name.endswith("_delete") else {}
            got.append(f"{read}/{client.post(address, sent).status_code}")
            transaction.set_rollback(True)
    assert " ".join(got) == EXPECTED[name]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("name", EXPECTED)
def test_no_address_knows_other_methods(name, method):
    user, rows = make_rows("superuser")
    assert getattr(client_of(user), method)(address_of(name, rows)).status_code == 405


# Which suggestions --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ROLES)
def test_a_role_finds_its_suggestions_everywhere_and_no_others(role, kind):
    user = ROLES[role]()
    suggestion = make(kind, user)
    is_seen = kind in SEEN[role].split()
    client = client_of(user)
    lists = {
        "list": client.get(LIST),
        "search": client.get(f"{LIST}?q={MARK}"),
        "number": client.get(f"{LIST}?q={suggestion.number}"),
    }
    shown = {name: page_of(suggestion) in page.content.decode() for name, page in lists.items()}
    page = client.get(page_of(suggestion)).content.decode()
    file = client.get(suggestion.attachments.get().get_absolute_url())
    assert shown == dict.fromkeys(lists, is_seen)
    assert (f"{MARK} {kind}" in page) == is_seen
    assert (file.status_code == 200) == is_seen
    b"".join(file.streaming_content if file.streaming else [])
    if lists["list"].status_code == 200:
        assert lists["list"].context["cl"].result_count == is_seen


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["responsible", "intake", "named", "head"])
def test_a_guessed_number_answers_like_none(role, kind):
    if kind in SEEN[role].split():
        return
    user = ROLES[role]()
    suggestion, client = make(kind, user), client_of(user)
    pages = ("change", "act/note", "next", "previous", "history", "delete", "contact")
    for page in pages:
        answers = []
        for key in (suggestion.pk, MISSING):
            response = client.get(f"{LIST}{key}/{page}/")
            messages = [str(each) for each in client.get("/admin/").context["messages"]]
            text = f"{response.headers.get('Location')} {messages}".replace(str(key), "KEY")
            answers.append((response.status_code, text))
        assert answers[0] == answers[1]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", ["responsible", "intake", "named", "head"])
def test_an_act_reaches_only_what_the_role_sees(role, kind):
    user = ROLES[role]()
    suggestion = make(kind, user)
    act(client_of(user), suggestion, "note", "Позвонить завхозу.")
    assert Event.objects.filter(kind="note").exists() == (kind in SEEN[role].split())


@pytest.mark.parametrize("role", ["responsible", "named"])
def test_releasing_in_the_list_reaches_nothing_hidden(role):
    user = ROLES[role]()
    suggestion = make("quarantine", user)
    sent = {"action": "release_selected", "_selected_action": [suggestion.pk]}
    client_of(user).post(LIST, sent)
    assert Suggestion.objects.get().status == "quarantine"


# Which acts ---------------------------------------------------------------------------------------

ACTS = {
    "responsible": "taken_up note restricted merged separated question extended answered declined",
    "intake": "taken_up note restricted merged separated forwarded released assigned",
    "named": "taken_up note restricted merged separated question extended answered declined "
    "opened_up",
    "head": "taken_up note restricted merged separated question extended answered declined "
    "forwarded released assigned not_published",
    "editor": "",
    "former": "",
}
STAFF_KINDS = {kind for kinds in ACTS.values() for kind in kinds.split()}


@pytest.mark.parametrize("role", ACTS)
def test_a_role_may_do_exactly_its_acts(role):
    user = ROLES[role]()
    assert {kind for kind in STAFF_KINDS if may_act(user, kind)} == {*ACTS[role].split()}


@pytest.mark.parametrize("role", ACTS)
@pytest.mark.parametrize("kind", ["answered", "forwarded", "question", "extended", "declined"])
def test_an_act_without_the_permission_changes_nothing(role, kind):
    user = ROLES[role]()
    suggestion = make("own", user)
    act(client_of(user), suggestion, kind, "Слова.")
    assert Event.objects.filter(kind=kind).exists() == (kind in ACTS[role].split())


def test_the_model_itself_refuses_who_may_not():
    suggestion = factories.suggestion()
    with pytest.raises(ValidationError, match="нет права"):
        suggestion.give_answer("Поставили.", factories.member(INTAKE))
    with pytest.raises(ValidationError, match="нет права"):
        suggestion.assign(factories.member(RESPONSIBLE), factories.member(RESPONSIBLE))


# Who is responsible -------------------------------------------------------------------------------


def test_the_responsible_person_of_the_topic_gets_a_new_suggestion():
    person = factories.member(RESPONSIBLE)
    topic = factories.suggestion_topic(responsible=person)
    assert factories.suggestion(topic=topic).responsible == person


def test_intake_assigns_a_person_and_the_history_tells_who():
    person = factories.member(RESPONSIBLE, last_name="Петрова", first_name="Анна")
    suggestion, client = factories.suggestion(), client_of(factories.member(INTAKE))
    act(client, suggestion, "assigned", person=person.pk)
    stored = Suggestion.objects.get()
    assert stored.responsible == person
    assert stored.events.get(kind="assigned").text == "Анна Петрова"
    assert not stored.events.for_author().filter(kind="assigned")


def test_an_answered_suggestion_is_assigned_to_nobody():
    suggestion, person = factories.answered(), factories.member(RESPONSIBLE)
    response = act(client_of(factories.staff()), suggestion, "assigned", person=person.pk)
    assert "сделать это уже нельзя" in response.content.decode()
    assert Suggestion.objects.get().responsible == suggestion.responsible
