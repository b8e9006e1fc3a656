"""The history of a post in the admin: the list of its versions, what each changed, its return."""

import json
from uuid import uuid4

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import path

from college_site.admin_site.model_admin import POST
from college_site.http.responses import see_other
from news.admin.secondary_views import admin_view, find_post
from news.admin.versions.autosaves import slot_address
from news.editing.names import short_name, tell_moment
from news.history.comparison import compare_contents
from news.history.contents import read_contents
from news.history.recording import record, store_present
from news.history.restoring import has_other_photos, list_lost, make_entries, restore_photos
from news.models import Post, Revision
from news.models.editing.revisions import RevisionAct
from news.models.publishing.states import Transition

PAGE_SIZE = 50
MOST_OLD_ENTRIES = 100
PRESENT = "present"  # ?with=present: what changed since; else what the version changed
UNSAVED = "В форме версия от {}. Она ещё не сохранена: проверьте её и сохраните."
OF_REVIEW = {
    Transition.SUBMIT: RevisionAct.SUBMITTED,
    Transition.RECALL: RevisionAct.RECALLED,
    Transition.RETURN: RevisionAct.RETURNED,
}
OF_STATE = {
    Post.State.DRAFT: RevisionAct.WITHDRAWN,
    Post.State.SCHEDULED: RevisionAct.SCHEDULED,
    Post.State.PUBLISHED: RevisionAct.PUBLISHED,
}


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    show = admin_view(model_admin, show_revision)
    text, photos = (admin_view(model_admin, view, POST) for view in (bring_back, bring_captions))
    revision = "<int:number>/history/<int:revision>/"
    return [
        path(revision, show, name="news_post_revision"),
        path(f"{revision}restore/", text, name="news_post_revision_restore"),
        path(f"{revision}photos/", photos, name="news_post_revision_photos"),
    ]


class HistoryAdmin:
    """Writes a version with each save of the form, and shows the versions."""

    def save_model(self, request, obj, form, change):
        if change:
            store_present(obj)
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        act, words = name_act(request, form, change)
        record(form.instance, request.user, act, words)

    def history_view(self, request, object_id, extra_context=None):
        post = self.get_object(request, object_id)
        if post is None or not self.has_view_or_change_permission(request, post):
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(object_id))
        revisions = post.revisions.select_related("user").defer("contents")
        page = Paginator(revisions, PAGE_SIZE).get_page(request.GET.get("p"))
        context = {
            **self.admin_site.each_context(request),
            "title": "История",
            "opts": self.opts,
            "post": post,
            "page": page,
            "rows": [describe(revision) for revision in page],
            "old_entries": [] if page.has_next() else list_old_entries(post),
            **(extra_context or {}),
        }
        return render(request, "admin/news/post/object_history.html", context)


def name_act(request, form, change):
    """(RevisionAct, words) for the form that has been saved."""
    post = form.instance
    if form.review:
        return OF_REVIEW[form.review], post.return_reason or post.review_note
    if post.published_at != form.stored.published_at:
        told = tell_moment(post.published_at) if post.state == Post.State.SCHEDULED else ""
        return OF_STATE[post.state], told
    if not change:
        return RevisionAct.CREATED, ""
    number = request.POST.get("revision", "")
    source = post.revisions.filter(pk=number).first() if number.isdecimal() else None
    if source:
        return RevisionAct.RESTORED, tell_source(source)
    return RevisionAct.SAVED, ""


def describe(revision):
    return {
        "number": revision.pk,
        "moment": tell_moment(revision.created_at),
        "who": short_name(revision.user) if revision.user else "",
        "act": revision.get_act_display(),
        "words": revision.words,
        "changes": revision.changes,
    }


def tell_source(revision):
    return f"от {tell_moment(revision.created_at)}"


def list_old_entries(post):
    """What Django noted before the first version: when, who, what."""
    kind = ContentType.objects.get_for_model(post)
    entries = LogEntry.objects.filter(content_type=kind, object_id=str(post.pk))
    if first := post.revisions.last():
        entries = entries.filter(action_time__lt=first.created_at)
    return [
        {
            "moment": tell_moment(entry.action_time),
            "who": short_name(entry.user),
            "act": entry.get_change_message(),
        }
        for entry in entries.select_related("user").order_by("-action_time")[:MOST_OLD_ENTRIES]
    ]


# One version --------------------------------------------------------------------------------------


def show_revision(model_admin, request, number, revision):
    """What the version changed, or what has changed since."""
    post = find_post(model_admin, request, number)
    chosen = get_object_or_404(post.revisions.select_related("user"), pk=revision)
    contents, present = json.loads(chosen.contents), json.loads(read_contents(post))
    earlier = post.revisions.filter(pk__lt=chosen.pk).first()
    is_with_present = request.GET.get("with") == PRESENT
    if is_with_present:
        pair = (contents, present)
    else:
        pair = (json.loads(earlier.contents), contents) if earlier else None
    comparison = compare_contents(*pair, announcement_names(model_admin, request)) if pair else None
    may_change = model_admin.has_change_permission(request, post)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Версия от {tell_moment(chosen.created_at)}",
        "opts": model_admin.opts,
        "post": post,
        "revision": describe(chosen),
        "comparison": comparison,
        "photos": show_photos(post, comparison.photos) if comparison else [],
        "is_with_present": is_with_present,
        "earlier": earlier,
        "later": post.revisions.filter(pk__gt=chosen.pk).last(),
        "may_restore": may_change and contents != present,
        "may_restore_photos": may_change and has_other_photos(post, contents),
        "lost": list_lost(post, contents),
    }
    return render(request, "admin/news/post/revision.html", context)


def announcement_names(model_admin, request):
    """A function that names an announcement, as far as the user may see it."""

    def name(number):
        post = model_admin.get_choices(request).filter(pk=number).first()
        return str(post) if post else "анонс, которого вы не видите"

    return name


def show_photos(post, changes):
    """Pairs of a PhotoChange and its Photo, None if that is deleted."""
    photos = post.photos.in_bulk([change.number for change in changes])
    return [(change, photos.get(change.number)) for change in changes]


def bring_back(model_admin, request, number, revision):
    """Open the form with the contents of the version as unsaved entries."""
    post = find_post(model_admin, request, number, to_change=True)
    chosen = get_object_or_404(post.revisions, pk=revision)
    try:
        slot = model_admin.open_slot(request, uuid4(), post.pk)
    except ValidationError as error:  # too many of them
        model_admin.message_user(request, " ".join(error.messages), messages.ERROR)
        return see_other("admin:news_post_revision", post.pk, chosen.pk)
    slot.entries = make_entries(post, chosen)
    slot.save(update_fields=["entries"])
    sentences = [UNSAVED.format(tell_moment(chosen.created_at))]
    sentences += list_lost(post, json.loads(chosen.contents))
    model_admin.message_user(request, " ".join(sentences), messages.WARNING)
    return see_other(slot_address(slot))


def bring_captions(model_admin, request, number, revision):
    """Give the photographs their captions, order and cover of the version, at once."""
    post = find_post(model_admin, request, number, to_change=True)
    chosen = get_object_or_404(Revision, post=post, pk=revision)
    restore_photos(post, chosen, request.user, tell_source(chosen))
    text = "Подписи, порядок и обложка фотографий возвращены. То, что было, осталось в истории."
    model_admin.message_user(request, text, messages.SUCCESS)
    return see_other("admin:news_post_history", post.pk)
