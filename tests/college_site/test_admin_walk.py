"""Each role at each address with each method: nothing hidden comes out, nothing fails."""

from itertools import chain

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.test import Client
from django.utils import timezone

from college_site.accounts.roles import ROLES
from college_site.guide.chapters import Chapter, list_chapters
from feedback.models import Publication, Suggestion
from news.models import Post, PreviewLink
from tests import factories
from tests.marked_site import COPY, DRAFT, ORDINARY, RESTRICTED, hidden_marks, log, marked_site

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
METHODS = ("GET", "HEAD", "POST", "PUT")
MODELS = list(admin.site._registry)
QUERIES = (
    *(f"q={mark[:-1]}" for mark in (DRAFT, ORDINARY, RESTRICTED, COPY)),
    "o=1.-2.3",
    "e=1",
    "p=2",
    "all=",
    "_facets=True",
    "_popup=1",
    "_popup=1&_to_field=id",
    "_to_field=slug",
    "is_restricted__exact=1",
    "status__exact=quarantine",
    "attention=urgent",
)
SECONDARY = (
    "preview",
    "preview/page",
    "preview-links",
    "channels/vk",
    "channels/vk/photos",
    "copy",
    "report",
)
BAD_KEYS = ("x", "0", "-1", "9" * 30, "9" * 4400, "%00", "a/b", "٣")


def path_of(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def relations(model):
    """The names of the fields, also reverse ones, that lead to another model."""
    return [field.name for field in model._meta.get_fields() if field.is_relation]


def related_keys(model):
    """For each field of a model that names a row of another one: entries of a form, one a row."""
    for field in model._meta.fields:
        if field.is_relation:
            for row in field.related_model.objects.all():
                yield {field.name: row.pk}


# Addresses, each with the bodies to send there ----------------------------------------------------


def pages_of_rows(model):
    """The list of a registered model, its form for a new row, the pages of each row."""
    rows = [row.pk for row in model._default_manager.all()]
    actions = [*(admin.site._registry[model].actions or ()), "delete_selected"]
    yield path_of(model), [{"action": name, "_selected_action": rows} for name in actions]
    entries = list(related_keys(model))
    yield f"{path_of(model)}add/", entries or [{}]
    for key in rows:
        yield f"{path_of(model)}{key}/change/", entries[:1] or [{}]
        yield f"{path_of(model)}{key}/history/", []
        yield f"{path_of(model)}{key}/delete/", [{"post": "yes"}]


def secondary_pages(model):
    """The addresses of our own views of a model, which are sent with POST, too."""
    if model is Suggestion:
        yield from suggestion_pages()
    if model is Post:
        for page in ("events/", "events.xlsx"):
            yield f"{path_of(Post)}{page}?start=2026-01-01&end=2026-12-31", []
        for key in Post.objects.values_list("pk", flat=True):
            for page in SECONDARY:
                yield f"{path_of(Post)}{key}/{page}/", [{}]
        for key in PreviewLink.objects.values_list("pk", flat=True):
            yield f"{path_of(Post)}preview-links/{key}/revoke/", [{}]


def suggestion_pages():
    """The addresses of our own views of suggestions."""
    entries = {"year": timezone.localdate().year, "format": "csv", "with_contacts": "on"}
    yield f"{path_of(Suggestion)}register/", [entries]
    yield f"{path_of(Suggestion)}papers/akt-2026-11-29-120000-000000.pdf", [{}]
    for key in Suggestion.objects.values_list("pk", flat=True):
        yield f"{path_of(Suggestion)}{key}/contact/", [{}]


def queries_of(model):
    """What can be asked of the list and of the form for a new row."""
    for query in QUERIES:
        yield f"{path_of(model)}?{query}", []
    for entry in related_keys(model):
        [(name, key)] = entry.items()
        yield f"{path_of(model)}add/?{name}={key}", []
        yield f"{path_of(model)}?{name}={key}", []


def shared_pages(site):
    """The addresses that belong to no model of the admin, and those of files."""
    yield from (
        "/admin/",
        "/admin/status/",
        "/admin/jsi18n/",
        "/admin/password_change/",
        "/admin/login/",
    )
    yield "/admin/guide/"
    for chapter in (*list_chapters(), Chapter("none", "", "")):
        yield f"/admin/guide/{chapter.slug}/"
    for label in ("news", "feedback", "college_site", "auth", "admin", "none"):
        yield f"/admin/{label}/"
    for user in User.objects.all():
        yield f"/admin/auth/user/{user.pk}/password/"
    for kind in ContentType.objects.all():
        row = kind.model_class()._default_manager.first()
        yield f"/admin/r/{kind.pk}/{row.pk if row else 1}/"
    for model in apps.get_models():
        source = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}"
        for name in relations(model):
            yield f"/admin/autocomplete/?{source}&field_name={name}&term="
    yield from (
        "/admin/news/post/import/",
        "/",
        "/news/",
        "/search/?q=mark",
        "/feedback/answers/",
        "/feed/feed.json",
    )
    for row in (*site.attachments, *site.draft.documents.all()):
        yield row.get_absolute_url()


def every_page(site):
    for model in MODELS:
        yield from (*pages_of_rows(model), *secondary_pages(model), *queries_of(model))
    for address in shared_pages(site):
        yield address, []


# Walking ------------------------------------------------------------------------------------------


def words_of(response, address):
    """All that came out: headers and body, without the address itself."""
    body = b"".join(response) if response.streaming else response.content
    headers = " ".join(response.headers.values())
    return f"{headers} {body.decode(errors='replace')}".replace(address, "")


def answers(client, address, bodies, methods):
    """Yield the method and the response; whatever a request changed is undone."""
    for method in methods:
        request = getattr(client, method.lower())
        for body in bodies if method == "POST" else [None]:
            with transaction.atomic():
                yield method, request(address, body) if body else request(address)
                transaction.set_rollback(True)


def sign_in(codenames, site, fields):
    """A client of an account with these permissions; it has changed the draft before."""
    user = User.objects.create_user("walker", **{"is_staff": True, **fields})
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    log(user, site.draft)
    client = Client(raise_request_exception=False)
    client.force_login(user, backend=BACKEND)
    return client


def walk(codenames, methods, model=None, **fields):
    """Visit the pages of a model, or every page, with these permissions.

    Returns a line for each answer that failed or gave away marks.
    """
    site = marked_site()
    client = sign_in(codenames, site, fields)
    own = (pages_of_rows, secondary_pages, queries_of)
    pages = chain.from_iterable(each(model) for each in own) if model else every_page(site)
    hidden = hidden_marks(codenames if fields.get("is_staff", True) else (), site)
    wrong = []
    for address, bodies in pages:
        for method, response in answers(client, address, bodies, methods):
            text = words_of(response, address)
            found = sorted(mark for mark in hidden if mark in text)
            if found or response.status_code >= 500:
                wrong.append(f"{method} {address[:120]} {response.status_code} {found}")
    return "\n".join(wrong)


def permissions_of(model):
    """The names of all permissions that belong to a model."""
    actions = ("view", "add", "change", "delete")
    own = [f"{action}_{model._meta.model_name}" for action in actions]
    return [*own, *(name for name, _ in model._meta.permissions)]


SINGLE = [(model, name) for model in MODELS for name in permissions_of(model)]
EVERY = [name for model in apps.get_models() for name in permissions_of(model)]
WITH_HIDDEN_ROWS = (Post, Suggestion, Publication, User)
OTHERS = {*EVERY}.difference(*(permissions_of(model) for model in WITH_HIDDEN_ROWS))


@pytest.mark.parametrize("model", MODELS)
def test_staff_of_one_model_read_nothing_hidden(model):
    assert walk(permissions_of(model), ("GET", "POST"), model) == ""


@pytest.mark.parametrize("model", MODELS)
def test_staff_who_only_view_one_model_read_nothing_hidden(model):
    assert walk([f"view_{model._meta.model_name}"], ("GET",), model) == ""


def test_staff_of_all_other_models_read_nothing_hidden():
    assert walk(OTHERS, ("GET",)) == ""


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reads_what_is_hidden_from_it(role):
    permissions = factories.member(role).get_all_permissions()
    codenames = [name.partition(".")[2] for name in permissions]
    assert walk(codenames, ("GET",)) == ""


def test_staff_without_permissions_read_nothing_hidden():
    assert walk([], ("GET", "POST")) == ""


def test_former_staff_read_nothing_hidden():
    assert walk(EVERY, ("GET", "POST"), is_staff=False, is_superuser=True) == ""


def test_a_disabled_account_reads_no_more_than_a_visitor():
    assert walk(EVERY, ("GET",), is_staff=False, is_active=False) == ""


@pytest.mark.slow
@pytest.mark.parametrize(("model", "permission"), SINGLE)
def test_staff_with_one_permission_read_nothing_hidden(model, permission):
    assert walk([permission], METHODS, model) == ""


@pytest.mark.slow
@pytest.mark.parametrize("codenames", [[], OTHERS], ids=["none", "others"])
def test_no_method_reads_anything_hidden(codenames):
    assert walk(codenames, METHODS) == ""


@pytest.mark.slow
def test_no_page_fails_for_a_superuser():
    assert walk(EVERY, METHODS, is_superuser=True) == ""


@pytest.mark.parametrize("key", BAD_KEYS)
def test_a_bad_key_in_the_address_is_never_an_error_of_ours(staff_client, key):
    staff_client.raise_request_exception = False
    kinds = [key, *ContentType.objects.values_list("pk", flat=True)]
    paths = [f"{path_of(model)}{key}/{page}/" for model in MODELS for page in ("change", "delete")]
    paths += [f"/admin/r/{kind}/{key}/" for kind in kinds]
    statuses = {path[:99]: staff_client.get(path).status_code for path in paths}
    assert {path: status for path, status in statuses.items() if status >= 500} == {}
