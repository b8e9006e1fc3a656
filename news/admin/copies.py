"""Buttons of a post that make a new draft: its copy, the report of an announced event."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import path

from college_site.admin_site.model_admin import POST
from college_site.http.responses import see_other
from news.admin.secondary_views import admin_view
from news.editing.copies import begin_report, copy_post
from news.history.recording import record
from news.models import Post
from news.models.editing.revisions import RevisionAct

COPIED = "Это копия, черновик. Даты события, документы и видео не скопированы."
BEGUN = "Это черновик репортажа: название, дата, место и участники взяты из анонса."
KNOWN = "Этот репортаж уже начат."


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    copy, report = (admin_view(model_admin, view, POST) for view in (make_copy, make_report))
    return [
        path("<int:number>/copy/", copy, name="news_post_copy"),
        path("<int:number>/report/", report, name="news_post_report"),
    ]


def make_copy(model_admin, request, number):
    post = find_source(model_admin, request, number)
    copy, lost = copy_post(post, request.user)
    model_admin.log_addition(request, copy, f"Скопировано: «{post}»")
    record(copy, request.user, RevisionAct.COPIED, f"«{post}»")
    model_admin.message_user(request, COPIED, messages.SUCCESS)
    if lost:
        names = ", ".join(f"«{photo}»" for photo in lost)
        text = f"Без файла, поэтому не скопировано: {names}."
        model_admin.message_user(request, text, messages.WARNING)
    return see_other("admin:news_post_change", copy.pk)


def make_report(model_admin, request, number):
    announcement = find_source(model_admin, request, number)
    if announcement.kind != Post.Kind.ANNOUNCEMENT:
        raise Http404("Only an announcement becomes a report")
    report, is_new = begin_report(announcement, request.user)
    if is_new:
        model_admin.log_addition(request, report, "Начат из анонса")
        record(report, request.user, RevisionAct.BEGUN, f"«{announcement}»")
    model_admin.message_user(request, BEGUN if is_new else KNOWN)
    return see_other("admin:news_post_change", report.pk)


def find_source(model_admin, request, number):
    """An own post or one that visitors see, for a user who may add posts and change the new one."""
    if not may_make(model_admin, request):
        raise PermissionDenied
    return get_object_or_404(model_admin.get_choices(request), pk=number)


def may_make(model_admin, request):
    return model_admin.has_add_permission(request) and model_admin.has_change_permission(request)
