"""Suggestions by what is due, on the admin's start page."""

from django.urls import reverse

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.desk import Panel, Row
from feedback.models import Suggestion
from feedback.models.workflow.desk_states import DESK_STATES


def list_desk_panels(request):
    """One panel: each state that holds suggestions with their number and the filtered list."""
    if not may_view(request.user, Suggestion):
        return []
    counts = Suggestion.objects.visible_to(request.user).count_desk_states()
    address = reverse("admin:feedback_suggestion_changelist")
    rows = [
        Row(f"{title}: {counts[name]}", f"{address}?attention={name}")
        for name, title in DESK_STATES.items()
        if counts[name]
    ]
    return [Panel("Предложения", rows)] if rows else []
