"""The open form of a member of staff and what belongs to it."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404
from django.shortcuts import get_object_or_404

from news.models import Autosave, Post


def open_autosave(model_admin, request, key):
    """The Autosave of the form whose page has this key; it is created by the first request.

    A second page with the same post shares that of the first. Raises Http404 for the key of
    another user, PermissionDenied without the permission that the form needs.
    """
    post = find_post(model_admin, request)
    found = Autosave.objects.filter(pk=key).first()
    if found:
        if found.user_id != request.user.pk or found.post_id != (post and post.pk):
            raise Http404("The form of somebody else, or of another post")
        return found
    try:
        with transaction.atomic():
            return Autosave.objects.create(pk=key, user=request.user, post=post)
    except IntegrityError:
        return get_object_or_404(Autosave, user=request.user, post=post)


def find_post(model_admin, request):
    """The post that the form changes, None for a new one."""
    number = request.POST.get("post", "")
    if not number:
        if not model_admin.has_add_permission(request):
            raise PermissionDenied
        return None
    post = get_object_or_404(Post, pk=number if number.isdecimal() else None)
    if not model_admin.has_change_permission(request, post):
        raise PermissionDenied
    return post
