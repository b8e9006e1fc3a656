"""The bin of posts in the admin: its list, bringing back, deleting for good."""

import math
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone

from college_site.admin_site.model_admin import FORM, POST
from college_site.http.responses import see_other
from college_site.templatetags.typography import plural
from news.admin.publishing.states import describe_state
from news.admin.secondary_views import admin_view
from news.editing.names import short_name, tell_moment
from news.history.recording import recording
from news.models import Post
from news.models.editing.revisions import RevisionAct
from news.models.publishing.access import in_bin_of
from news.models.publishing.bin import RETENTION

PAGE_SIZE = 50


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    show, restore = admin_view(model_admin, show_bin), admin_view(model_admin, restore_post, POST)
    purge = admin_view(model_admin, purge_post, FORM)
    return [
        path("bin/", show, name="news_post_bin"),
        path("bin/<int:number>/restore/", restore, name="news_post_bin_restore"),
        path("bin/<int:number>/delete/", purge, name="news_post_bin_delete"),
    ]


def list_posts(model_admin, request):
    """The posts in the bin that the user may bring back."""
    if not model_admin.has_delete_permission(request):
        raise PermissionDenied
    posts = Post.objects.in_bin().filter(in_bin_of(request.user))
    return posts.select_related("deleted_by", "author").defer("body")


def show_bin(model_admin, request):
    page = Paginator(list_posts(model_admin, request), PAGE_SIZE).get_page(request.GET.get("p"))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "Корзина",
        "opts": model_admin.opts,
        "page": page,
        "rows": [describe(post) for post in page],
        "days": RETENTION.days,
        "may_purge": model_admin.has_publish_permission(request),
    }
    return render(request, "admin/news/post/bin.html", context)


def describe(post):
    left = max(0, math.ceil((post.expires_at - timezone.now()) / timedelta(days=1)))
    return {
        "post": post,
        "deleted": tell_moment(post.deleted_at),
        "who": short_name(post.deleted_by) if post.deleted_by else "",
        "author": short_name(post.author) if post.author else "",
        "left": plural(left, "день,дня,дней"),
        "effect": describe_return(post),
    }


def describe_return(post):
    """What bringing it back does, before it is done."""
    moment = post.returns_at
    if moment is None:
        return "вернётся в\u00a0черновики"
    if moment > timezone.now():
        return f"выйдет {tell_moment(moment)}"
    return "вернётся на\u00a0сайт"


def restore_post(model_admin, request, number):
    post = get_object_or_404(list_posts(model_admin, request), pk=number)
    try:
        with recording(post, request.user, RevisionAct.UNDELETED):
            post.restore()
    except ValidationError as error:  # a colleague was faster
        model_admin.message_user(request, " ".join(error.messages), messages.WARNING)
        return see_other("admin:news_post_bin")
    model_admin.log_change(request, post, RevisionAct.UNDELETED.label)
    text = f"Возвращено из\u00a0корзины: «{post}». {describe_state(post)}"
    model_admin.message_user(request, text, messages.SUCCESS)
    if model_admin.has_view_or_change_permission(request, post):
        return see_other("admin:news_post_change", post.pk)
    return see_other("admin:news_post_bin")


def count_files(post):
    """«12 фотографий», «1 документ»: what goes with the post."""
    counts = [
        (post.photos.count(), "фотография,фотографии,фотографий"),
        (post.documents.count(), "документ,документа,документов"),
    ]
    return [plural(count, forms) for count, forms in counts if count]


def purge_post(model_admin, request, number):
    """Ask once more, then delete the post with its photographs and documents."""
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    post = get_object_or_404(list_posts(model_admin, request), pk=number)
    if request.method != "POST":
        context = {
            **model_admin.admin_site.each_context(request),
            "title": "Удалить навсегда",
            "opts": model_admin.opts,
            "post": post,
            "files": count_files(post),
        }
        return render(request, "admin/news/post/bin_delete.html", context)
    title = str(post)
    try:
        post.purge()
    except ValidationError as error:
        model_admin.message_user(request, " ".join(error.messages), messages.WARNING)
    else:
        model_admin.message_user(request, f"Удалено навсегда: «{title}».", messages.SUCCESS)
    return see_other("admin:news_post_bin")
