"""The post of a secondary view of the admin, and who may open such a view."""

from functools import partial

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from college_site.admin_site.model_admin import SAFE


def find_post(model_admin, request, number, *, to_change=False):
    """A post that the user may view or change; raises PermissionDenied or Http404."""
    may = model_admin.has_change_permission if to_change else model_admin.has_view_permission
    if not may(request):
        raise PermissionDenied
    post = get_object_or_404(model_admin.get_queryset(request), pk=number)
    if not may(request, post):
        raise PermissionDenied
    return post


def admin_view(model_admin, function, methods=SAFE):
    """A view of the admin: function(model_admin, request, …) for staff, with a CSRF check."""
    view = partial(function, model_admin)
    return model_admin.admin_site.admin_view(require_http_methods(methods)(view))
