"""Each role at each address of the news in the admin with each method.

The addresses come from the resolver: one without a line in the table fails a test.
"""

import re
from uuid import UUID

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import reverse

from college_site.accounts.roles import AUTHOR, EDITOR, KEEPER
from news.history.recording import record
from news.models import KnownWord, Participation, PreviewLink
from news.models.editing.revisions import RevisionAct
from tests import factories
from tests.clients import browser
from tests.feedback.suggestion_admin import enter
from tests.news.test_autosaves import BACKEND, log_in

pytestmark = pytest.mark.django_db
MARK = "markdraft"
KEY = UUID("00000000-0000-4000-8000-000000000001")
DRAFT_KEY, BINNED_KEY, MISSING = 888_888, 777_777, 999_999
LIST = "/admin/news/post/"


def former_member():
    return factories.member(EDITOR, is_staff=False)


def viewer(client=None):
    return enter(client or Client(), "view_post", "view_topic", "view_partner")


ROLES = {
    "visitor": lambda: None,
    "former": former_member,
    "author": lambda: factories.member(AUTHOR),
    "other": lambda: factories.member(AUTHOR),
    "viewer": viewer,
    "keeper": lambda: factories.member(KEEPER),
    "editor": lambda: factories.member(EDITOR),
    "superuser": factories.staff,
}

# By address, in the order of ROLES: the status of GET and of POST without entries. 302 leads
# visitors and former staff to the login, others away from a row that does not exist for them; 303
# offers what was sent to such a row in a new form.
# fmt: off
EXPECTED = {
    #                            visitor former  author  other   viewer  keeper  editor  superuser
    "news_post_changelist":      "302/302 302/302 200/200 200/200 200/200 403/403 200/200 200/200",
    "news_post_add":             "302/403 302/302 200/200 200/200 403/403 403/403 200/200 200/200",
    "news_post_change":          "302/403 302/302 200/200 302/303 200/403 403/403 200/200 200/200",
    "news_post_import":          "302/403 302/302 200/200 200/200 403/403 403/403 200/200 200/200",
    "news_post_history":         "302/302 302/302 200/200 302/302 200/200 302/302 200/200 200/200",
    "news_post_revision":        "302/302 302/302 200/405 404/405 200/405 403/405 200/405 200/405",
    "news_post_revision_restore":"302/302 302/302 405/303 405/404 405/403 405/403 405/303 405/303",
    "news_post_revision_photos": "302/302 302/302 405/303 405/404 405/403 405/403 405/303 405/303",
    "news_post_bin":             "302/302 302/302 200/405 200/405 403/405 403/405 200/405 200/405",
    "news_post_bin_restore":     "302/302 302/302 405/303 405/404 405/403 405/403 405/303 405/303",
    "news_post_bin_delete":      "302/302 302/302 403/403 403/403 403/403 403/403 200/303 200/303",
    "news_post_undo":            "302/302 302/302 405/303 405/303 405/303 405/403 405/303 405/303",
    "news_post_copy":            "302/302 302/302 405/303 405/404 405/403 405/403 405/303 405/303",
    "news_post_report":          "302/302 302/302 405/404 405/404 405/403 405/403 405/404 405/404",
    "news_post_preview":         "302/302 302/302 200/405 404/405 200/405 403/405 200/405 200/405",
    "news_post_preview_page":    "302/302 302/302 200/405 404/405 200/405 403/405 200/405 200/405",
    "news_post_preview_card":    "302/302 302/302 200/405 404/405 200/405 403/405 200/405 200/405",
    "news_post_preview_links":   "302/302 302/302 405/200 405/404 405/403 405/403 405/200 405/200",
    "news_preview_link_revoke":  "302/302 302/302 405/200 405/404 405/403 405/403 405/200 405/200",
    "news_post_channel":         "302/302 302/302 405/404 405/404 405/403 405/403 405/404 405/404",
    "news_post_channel_photos":  "302/302 302/302 405/404 405/404 405/403 405/403 405/404 405/404",
    "news_post_events":          "302/302 302/302 200/405 200/405 200/405 403/405 200/405 200/405",
    "news_post_events_file":     "302/302 302/302 200/405 200/405 200/405 403/405 200/405 200/405",
    "news_post_delete":          "302/302 302/302 200/302 302/302 403/403 403/403 200/302 200/302",
    "news_post_autosave":        "405/401 405/401 405/200 405/404 405/403 405/403 405/404 405/404",
    "news_post_autosave_delete": "302/302 302/302 405/303 405/404 405/404 405/404 405/404 405/404",
    "news_post_spelling":        "405/401 405/401 405/422 405/422 405/403 405/403 405/422 405/422",
    "news_post_spelling_word":   "405/401 405/401 405/403 405/403 405/403 405/403 405/422 405/422",
    "news_post_video":           "405/401 405/401 405/422 405/422 405/403 405/403 405/422 405/422",
    "news_photo_upload":         "405/401 405/401 405/422 405/404 405/403 405/403 405/404 405/404",
    "news_photo_adopt":          "405/401 405/401 405/200 405/404 405/403 405/403 405/404 405/404",
    "news_photo_reuse":          "405/401 405/401 405/404 405/404 405/403 405/403 405/404 405/404",
    "news_photo_library":        "302/302 302/302 200/405 200/405 200/405 403/405 200/405 200/405",
    "news_photo_takedown":       "302/302 302/302 403/403 404/404 403/403 403/403 200/200 200/200",
    "news_photo_allow":          "302/302 302/302 405/403 405/403 405/403 405/403 405/303 405/303",
    "news_photo_order":          "405/401 405/401 405/200 405/200 405/200 405/200 405/200 405/200",
    "news_photo_change":         "405/401 405/401 405/200 405/404 405/403 405/404 405/200 405/200",
    "news_photo_cover":          "405/401 405/401 405/200 405/404 405/403 405/404 405/200 405/200",
    "news_photo_rotate":         "405/401 405/401 405/200 405/404 405/403 405/404 405/200 405/200",
    "news_photo_delete":         "405/401 405/401 405/200 405/404 405/403 405/404 405/200 405/200",
    "news_topic_changelist":     "302/302 302/302 200/200 200/200 200/200 200/200 200/200 200/200",
    "news_topic_add":            "302/403 302/302 403/403 403/403 403/403 200/200 200/200 200/200",
    "news_topic_change":         "302/403 302/302 200/403 200/403 200/403 200/200 200/200 200/200",
    "news_topic_history":        "302/302 302/302 200/200 200/200 200/200 200/200 200/200 200/200",
    "news_topic_delete":         "302/302 302/302 403/403 403/403 403/403 200/302 200/302 200/302",
    "news_knownword_changelist": "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "news_knownword_add":        "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "news_knownword_change":     "302/403 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "news_knownword_history":    "302/302 302/302 403/403 403/403 403/403 403/403 200/200 200/200",
    "news_knownword_delete":     "302/302 302/302 403/403 403/403 403/403 403/403 200/302 200/302",
    "news_partner_changelist":   "302/302 302/302 200/200 200/200 200/200 200/200 200/200 200/200",
    "news_partner_add":          "302/403 302/302 403/403 403/403 403/403 200/200 200/200 200/200",
    "news_partner_change":       "302/403 302/302 200/403 200/403 200/403 200/200 200/200 200/200",
    "news_partner_history":      "302/302 302/302 200/200 200/200 200/200 200/200 200/200 200/200",
    "news_partner_delete":       "302/302 302/302 403/403 403/403 403/403 200/302 200/302 200/302",
}
# fmt: on
MODELS = [model for model in admin.site._registry if model._meta.app_label == "news"]
DELETIONS = [name for name in EXPECTED if re.fullmatch(r"news_(?!photo)[a-z]+_delete", name)]
OF_REVISION = ("revision", "revision_restore", "revision_photos")
SLOT = re.compile(r"autosave=[0-9a-f-]+")  # a form that was sent in vain is offered in a slot
NAMES = [
    pattern.name
    for model in MODELS
    for pattern in admin.site.get_model_admin(model).get_urls()
    if pattern.name
]


def test_every_address_of_the_news_has_a_line_in_the_table():
    assert sorted(NAMES) == sorted(EXPECTED)


def test_the_addresses_without_a_name_lead_to_the_form():
    unnamed = [
        pattern.pattern._route
        for model in MODELS
        for pattern in admin.site.get_model_admin(model).get_urls()
        if not pattern.name
    ]
    assert unnamed == ["<path:object_id>/"] * len(MODELS)


def own_draft(author, key=DRAFT_KEY):
    """A draft with everything and a slot of its author's open form."""
    words = {"title": MARK, "lead": MARK, "slug": f"{MARK}-slug"}
    draft = factories.draft(author=author, pk=key, **words)
    factories.document(post=draft, title=MARK)
    factories.video(draft, title=MARK)
    Participation.objects.create(post=draft, partner=factories.partner())
    factories.autosave(user=author, key=KEY, entries=f"title={MARK}")
    PreviewLink.issue(draft, author)
    draft.preview_links.update(id=key)
    return draft, factories.photo(post=draft, size=(400, 300), caption=MARK, pk=key)


def binned_draft(author):
    draft = factories.draft(author=author, pk=BINNED_KEY, title=MARK)
    draft.move_to_bin(author)
    return draft


def address_of(name, rows):
    arguments = {
        "add": [],
        "changelist": [],
        "import": [],
        "events": [],
        "events_file": [],
        "channel": [rows["post"], "vk"],
        "channel_photos": [rows["post"], "vk"],
        "link_revoke": [rows["link"]],
        "order": [],
        "library": [],
        "adopt": [KEY],
        "reuse": [KEY],
        "allow": [rows.get("takedown")],
        "spelling": [],
        "spelling_word": [],
        "video": [],
        "autosave": [KEY],
        "upload": [KEY],
        "undo": [KEY],
        "bin": [],
        "bin_restore": [rows.get("binned", rows["post"])],
        "bin_delete": [rows.get("binned", rows["post"])],
        **{name: [rows["post"], rows.get("revision", rows["post"])] for name in OF_REVISION},
    }
    _, model, action = name.split("_", 2)
    if model == "photo":
        own = arguments.get(action, [rows["photo"]])
    elif action == "autosave_delete":
        own = [KEY]
    else:
        own = arguments[action] if action in arguments else [rows[model]]
    return reverse(f"admin:{name}", args=own)


def make_rows(role):
    """The user of a role, and the keys of a draft that belongs to "author"."""
    user = ROLES[role]()
    author = user if role == "author" else factories.member(AUTHOR)
    draft, photo = own_draft(author)
    topic, partner = factories.topic(), factories.partner()
    keys = {"post": draft.pk, "photo": photo.pk, "topic": topic.pk, "partner": partner.pk}
    keys["knownword"] = KnownWord.objects.create(word="демоэкзамен").pk
    keys["link"] = draft.preview_links.get().pk
    keys["takedown"] = factories.takedown().pk
    record(draft, author, RevisionAct.SAVED)
    keys["revision"] = draft.revisions.get().pk
    keys["binned"] = binned_draft(author).pk
    return user, keys


def client_of(user):
    client = browser()
    client.raise_request_exception = False
    if user:
        client.force_login(user, backend=BACKEND)
    return client


def send(client, name, address, user=None):
    """Send enough to confirm a deletion or to fill a slot; nothing that a form could save."""
    if name == "news_post_autosave":
        sent = {"user": user and user.pk, "page": str(KEY), "entries": []}
        return client.post(address, sent, "application/json")
    return client.post(address, {"post": "yes"} if name in DELETIONS else {})


@pytest.mark.parametrize("name", EXPECTED)
def test_every_role_gets_what_the_table_says(name):
    got = []
    for role in ROLES:
        with transaction.atomic():
            user, rows = make_rows(role)
            client, address = client_of(user), address_of(name, rows)
            read = client.get(address).status_code
            assert client.head(address).status_code == read
            got.append(f"{read}/{send(client, name, address, user).status_code}")
            transaction.set_rollback(True)
    assert " ".join(got) == EXPECTED[name]


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("name", EXPECTED)
def test_no_address_knows_other_methods(name, method):
    _, rows = make_rows("visitor")
    client = log_in(factories.staff())
    assert getattr(client, method)(address_of(name, rows)).status_code == 405


# What guessing tells ------------------------------------------------------------------------------


def answer_to(client, name, method, key):
    """Status, target and words of the answer for a row that has or has not this key."""
    address = address_of(name, {"post": key, "photo": key, "link": key})
    response = client.get(address) if method == "get" else send(client, name, address)
    is_away = response.status_code == 302
    messages = [str(m) for m in client.get("/admin/").context["messages"]] if is_away else []
    words = f"{response.headers.get('Location')} {response.content.decode()} {messages}"
    return response.status_code, words.replace(str(key), "KEY")
