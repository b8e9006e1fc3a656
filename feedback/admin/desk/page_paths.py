"""The addresses around the page of a suggestion: undo, drafts, the next one."""

from copy import copy

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.urls import path, reverse

from college_site.admin_site.model_admin import POST, PortalModelAdmin
from college_site.admin_site.script_views import refuse, script_view
from feedback.desk.drafts import read_message, split_drafts, store_draft
from feedback.desk.neighbours import find_neighbour
from feedback.desk.undo import undo
from feedback.models import Suggestion

RELATED = ("topic", "responsible", "consent", "publication", "promise", "duplicate_of")
OTHER_USER = "В этом браузере вошёл другой сотрудник: написанное здесь остаётся на этой странице."
NO_MORE = "В эту сторону открытых предложений больше нет."


class PagePathsAdmin(PortalModelAdmin):
    def get_urls(self):
        draft, neighbour = script_view(self.store_draft), self.open_neighbour
        own = [
            path("<int:key>/draft/", draft, name="feedback_suggestion_draft"),
            self.page_path("undo/<uuid:key>/", self.undo_act, "undo", POST),
            self.page_path("<int:key>/next/", neighbour, "next", is_next=True),
            self.page_path("<int:key>/previous/", neighbour, "previous", is_next=False),
        ]
        return [*own, *super().get_urls()]

    def find_suggestion(self, request, object_id):
        """The suggestion that the user may read, or None; its reading is recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        readable = self.get_queryset(request).select_related(*RELATED)
        try:
            suggestion = readable.get(pk=object_id)
        except (Suggestion.DoesNotExist, ValueError):
            return None
        suggestion.note_restricted(request.user)
        return suggestion

    def may_read(self, request, suggestion):
        return self.get_queryset(request).filter(pk=suggestion.pk).exists()

    # Undo ---------------------------------------------------------------------------------------

    def undo_act(self, request, key):
        """Take back the user's act of the last minute."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        suggestion, objection = undo(key, request.user)
        if objection:
            self.message_user(request, objection, messages.ERROR)
        else:
            self.message_user(request, f"{suggestion}: действие отменено.", messages.SUCCESS)
        is_shown = suggestion and self.may_read(request, suggestion)
        return self.open_or_list(request, suggestion if is_shown else None)

    # Drafts -------------------------------------------------------------------------------------

    def store_draft(self, request, key):
        """Store what is written on an open page; answers who else has it open."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        user_key, act, left, entries = read_message(request)
        if user_key != request.user.pk:
            return refuse(OTHER_USER, 403)
        suggestion = self.get_queryset(request).filter(pk=key).first()
        if suggestion is None:
            raise Http404
        try:
            store_draft(suggestion, request.user, act, entries=entries, left=left)
        except Suggestion.DoesNotExist:
            raise Http404 from None
        _, present = split_drafts(suggestion, request.user)
        return JsonResponse({"present": present, "token": get_token(request)})

    # Where the work goes on ---------------------------------------------------------------------

    def open_neighbour(self, request, key, is_next):
        suggestion = self.find_suggestion(request, str(key))
        if suggestion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))
        found = find_neighbour(self.list_filtered(request), suggestion, is_next=is_next)
        if found is None:
            self.message_user(request, NO_MORE, messages.INFO)
        return self.open_or_list(request, found)

    def open_or_list(self, request, suggestion):
        """Redirect to the page of a suggestion, or to the list without one."""
        if suggestion:
            return redirect(self.address_of(request, suggestion))
        filters = request.GET.get("_changelist_filters")
        address = reverse("admin:feedback_suggestion_changelist")
        return redirect(f"{address}?{filters}" if filters else address)

    def address_of(self, request, suggestion):
        """The address of its page, which remembers the filters of the list."""
        address = reverse("admin:feedback_suggestion_change", args=[suggestion.pk])
        filters = self.get_preserved_filters(request)
        return f"{address}?{filters}" if filters else address

    def list_filtered(self, request):
        """The suggestions of the list from which the page was opened; all without filters."""
        filters = request.GET.get("_changelist_filters")
        if not filters:
            return self.get_queryset(request)
        of_list = copy(request)
        of_list.GET = QueryDict(filters)
        try:
            return self.get_changelist_instance(of_list).get_queryset(of_list)
        except (IncorrectLookupParameters, SuspiciousOperation):
            return self.get_queryset(request)
