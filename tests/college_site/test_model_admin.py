"""The base of every admin: it tells only what is declared and permitted."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from college_site.admin_site.model_admin import PortalAdminMixin, PortalModelAdmin
from feedback.models import Publication
from news.models import Post
from tests import factories
from tests.feedback.suggestion_admin import enter
from tests.marked_site import COPY, DRAFT, ORDINARY, log, marked_site

pytestmark = pytest.mark.django_db
MODELS = list(admin.site._registry)


def path_of(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


@pytest.mark.parametrize("model", MODELS)
def test_every_admin_and_inline_has_the_base(model):
    model_admin = admin.site.get_model_admin(model)
    assert isinstance(model_admin, PortalModelAdmin)
    assert all(issubclass(inline, PortalAdminMixin) for inline in model_admin.inlines)


# Lists --------------------------------------------------------------------------------------------


def undeclared_lookups(model):
    """Lookups through each field and relation of a model, also one relation further."""
    for field in model._meta.get_fields():
        yield from (field.name, f"{field.name}__isnull", f"{field.name}__gt")
        if field.is_relation and field.related_model:
            yield from (
                f"{field.name}__{further.name}"
                for further in field.related_model._meta.get_fields()
            )
        else:
            yield from (f"{field.name}__startswith", f"{field.name}__regex")
    yield from ("pk", "pk__in", "no_such_field")


@pytest.mark.parametrize("model", MODELS)
def test_a_list_refuses_every_filter_that_is_not_declared(staff_client, model):
    staff_client.raise_request_exception = False
    model_admin = admin.site.get_model_admin(model)
    request = staff_client.get("/admin/").wsgi_request
    declared = {*model_admin.declared_lookups(request)}
    lookups = [name for name in undeclared_lookups(model) if name not in declared]
    statuses = {name: staff_client.get(path_of(model), {name: "1"}).status_code for name in lookups}
    assert {name: status for name, status in statuses.items() if status != 400} == {}


@pytest.mark.parametrize("model", MODELS)
def test_every_filter_that_a_list_offers_is_answered(staff_client, read_page, model):
    marked_site()
    factories.post(kind=Post.Kind.NOTICE, topic=factories.topic())
    page = read_page(staff_client.get(path_of(model), follow=True)).root
    links = {link["href"] for link in page.all("a") if (link.get("href") or "").startswith("?")}
    statuses = {link: staff_client.get(f"{path_of(model)}{link}").status_code for link in links}
    assert set(statuses.values()) <= {200}


@pytest.mark.parametrize("lookup", ["suggestions", "suggestions__text__startswith"])
def test_a_topic_or_consent_does_not_tell_its_suggestions(client, lookup):
    suggestion = factories.suggestion(is_restricted=True)
    enter(client, "view_suggestiontopic", "view_consent")
    for name in ("suggestiontopic", "consent"):
        response = client.get(f"/admin/feedback/{name}/", {lookup: suggestion.pk})
        assert response.status_code == 400


# Choices ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_form_names_no_post_that_the_user_may_not_view(client, method):
    draft = factories.draft(title=DRAFT)
    enter(client, "view_suggestion", "view_queue", "add_publication")
    address = f"/admin/feedback/publication/add/?result_post={draft.pk}"
    response = getattr(client, method)(address, {"result_post": draft.pk})
    assert response.status_code == 200
    assert DRAFT not in response.content.decode()


def test_a_teacher_without_view_is_not_offered_drafts_as_announcements(client):
    draft = factories.draft(title=DRAFT, kind="announcement")
    enter(client, "add_post")
    page = client.post("/admin/news/post/add/", {"announcement": draft.pk}).content.decode()
    assert "announcement" in page
    assert DRAFT not in page


def test_saving_preserves_a_result_that_the_editor_may_not_view(client):
    publication = factories.publication(result_post=factories.draft(title=DRAFT))
    enter(client, "change_publication")
    address = f"/admin/feedback/publication/{publication.pk}/change/"
    assert DRAFT not in client.get(address).content.decode()
    sent = {"title": "Зал", "text": "Откройте.", "answer": "Да.", "note": "Сократили."}
    client.post(address, sent)
    saved = Publication.objects.get()
    assert (saved.title, saved.result_post) == ("Зал", publication.result_post)


@pytest.mark.parametrize("permission", ["view_publication", "change_publication"])
def test_an_author_reads_no_result_that_is_a_draft_of_another(client, permission):
    publication = factories.publication(result_post=factories.draft(title=DRAFT))
    enter(client, permission, "change_post")
    address = f"/admin/feedback/publication/{publication.pk}/change/"
    assert DRAFT not in client.get(address).content.decode()
    client.post(address, {"title": "Зал", "text": "Откройте.", "answer": "Да."})
    assert Publication.objects.get().result_post == publication.result_post


def test_a_post_editor_can_choose_topic_and_announcement(client):
    topic, announcement = factories.topic(), factories.announcement()
    report = factories.post()
    enter(client, "change_post", "publish_post")
    entries = {"kind": "report", "title": "День", "slug": report.slug, "topic": topic.pk}
    forms = {
        f"{prefix}-{name}": "0"
        for prefix in ("photos", "videos", "participations", "documents")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    address = f"/admin/news/post/{report.pk}/change/"
    client.post(address, {**entries, **forms, "announcement": announcement.pk})
    report.refresh_from_db()
    assert (report.topic, report.announcement) == (topic, announcement)


@pytest.mark.parametrize(
    ("source", "status"),
    [
        ("app_label=news&model_name=post&field_name=announcement", 200),
        ("app_label=feedback&model_name=publication&field_name=result_post", 200),
        ("app_label=news&model_name=participation&field_name=partner", 200),
        ("app_label=feedback&model_name=event&field_name=suggestion", 403),
        ("app_label=admin&model_name=logentry&field_name=user", 403),
        ("app_label=news&model_name=topic&field_name=posts", 403),
        ("app_label=news&model_name=partner&field_name=posts", 403),
    ],
)
def test_only_declared_fields_are_completed(staff_client, source, status):
    staff_client.raise_request_exception = False
    assert staff_client.get(f"/admin/autocomplete/?{source}&term=").status_code == status


def test_staff_who_may_only_view_posts_can_open_one(client):
    draft = factories.draft(title=DRAFT)
    enter(client, "view_post")
    response = client.get(f"/admin/news/post/{draft.pk}/change/")
    assert DRAFT in response.content.decode()


# Original and copy --------------------------------------------------------------------------------


def test_staff_who_only_publish_do_not_read_the_original(client):
    suggestion = factories.answered(f"{ORDINARY} answer", text=ORDINARY, may_publish=True)
    publication = factories.publication(suggestion=suggestion, answer="", published_at=None)
    enter(client, "view_publication", "add_publication", "change_publication")
    address = f"/admin/feedback/publication/{publication.pk}/change/"
    page = client.get(address)
    assert page.status_code == 200
    assert ORDINARY not in page.content.decode()


def test_preparing_a_public_answer_needs_the_permission_to_read_suggestions(client):
    suggestion = factories.answered(text=ORDINARY, may_publish=True)
    enter(client, "add_publication")
    address = f"/admin/feedback/publication/add/?suggestion={suggestion.pk}"
    assert client.get(address).status_code == 403
    enter(client, "add_publication", "view_suggestion", "view_queue")
    assert ORDINARY in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("permission", "is_named"), [("view_mail", False), ("view_publication", True)]
)
def test_a_suggestion_names_its_public_answer_to_those_who_may_view_it(
    client, permission, is_named
):
    publication = factories.publication(title=COPY, published_at=None)
    enter(client, "view_suggestion", "view_queue", permission)
    address = f"/admin/feedback/suggestion/{publication.suggestion_id}/change/"
    assert (COPY in client.get(address).content.decode()) == is_named


# Deletions, addresses, log ------------------------------------------------------------------------


EDITOR_PERMISSIONS = ["change_post", "publish_post", "delete_post"]


@pytest.mark.parametrize(
    ("permissions", "kind"), [([], "публикация"), (EDITOR_PERMISSIONS, "Публикации")]
)
def test_deleting_a_topic_names_the_kind_of_what_prevents_it(client, permissions, kind):
    topic = factories.topic()
    factories.draft(title=DRAFT, topic=topic)
    enter(client, "view_topic", "delete_topic", *permissions)
    chosen = {"action": "delete_selected", "_selected_action": topic.pk}
    for response in (
        client.get(f"/admin/news/topic/{topic.pk}/delete/"),
        client.post("/admin/news/topic/", chosen),
    ):
        page = response.content.decode()
        assert DRAFT not in page
        assert f"<li>{kind}</li>" in page


def test_deleting_names_the_row_and_counts_what_goes_with_it(staff_client):
    account = factories.staff(username="former")
    factories.autosave(user=account, post=factories.draft(title=DRAFT))
    page = staff_client.get(f"/admin/auth/user/{account.pk}/delete/").content.decode()
    assert "<li>Пользователь: former</li>" in page
    assert "<li>Несохранённое: 1</li>" in page
    assert DRAFT not in page


def test_deleting_needs_the_permission_to_view(client):
    draft = factories.draft(title=DRAFT)
    enter(client, "delete_post")
    for method in (client.get, client.post):
        response = method(f"/admin/news/post/{draft.pk}/delete/", {"post": "yes"})
        assert response.status_code == 403
    assert Post.objects.exists()


@pytest.mark.parametrize(
    ("permission", "is_used", "status"),
    [("change_consent", False, 403), ("delete_consent", False, 302), ("delete_consent", True, 403)],
)
def test_an_unused_consent_is_deleted_with_the_permission(client, permission, is_used, status):
    consent = factories.consent()
    if is_used:
        contact = {"email": "a@example.ru", "consented_at": timezone.now()}
        factories.suggestion(consent=consent, **contact)
    enter(client, "view_consent", permission)
    response = client.post(f"/admin/feedback/consent/{consent.pk}/delete/", {"post": "yes"})
    assert response.status_code == status


@pytest.mark.parametrize("key", ["1", "x", "9" * 30, "%00", "-1"])
def test_the_admin_tells_no_address_of_a_row_by_its_key(client, key):
    client.raise_request_exception = False
    draft = factories.draft()
    enter(client)
    kind = ContentType.objects.get_for_model(draft).pk
    for path in (f"/admin/r/{kind}/{draft.pk}/", f"/admin/r/{kind}/{key}/", f"/admin/r/{key}/1/"):
        assert client.get(path).status_code == 404


def test_a_row_links_its_public_page_directly(staff_client):
    topic = factories.topic()
    page = staff_client.get(f"/admin/news/topic/{topic.pk}/change/").content.decode()
    assert f'href="{topic.get_absolute_url()}" class="viewsitelink"' in page


@pytest.mark.parametrize(("permissions", "is_named"), [([], False), (["view_post"], True)])
def test_recent_actions_name_only_rows_that_the_user_may_view(client, permissions, is_named):
    user = enter(client, *permissions)
    log(user, factories.draft(title=DRAFT))
    assert LogEntry.objects.filter(user=user).exists()
    assert (DRAFT in client.get("/admin/").content.decode()) == is_named


# Accounts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["change", "password", "delete"])
def test_only_superusers_change_accounts(client, page):
    owner = factories.staff()
    enter(client, *(f"{action}_user" for action in ("view", "add", "change", "delete")))
    entries = {"post": "yes", "username": "x", "is_superuser": "on", "password1": "x"}
    response = client.post(f"/admin/auth/user/{owner.pk}/{page}/", entries)
    assert response.status_code == 403
    assert User.objects.get(pk=owner.pk).username == owner.username
