"""Suggestions by what is due, on the admin's start page."""

from django.urls import reverse

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.desk import Panel, Row
from feedback.desk.inbox import list_excerpt, list_first_due, tell_term
from feedback.models import Suggestion
from feedback.models.workflow.desk_states import DESK_STATES

FIRST = 5


def list_desk_panels(request):
    """Each state that holds suggestions with its number and list; the first ones to read."""
    if not may_view(request.user, Suggestion):
        return []
    counts = Suggestion.objects.visible_to(request.user).count_desk_states()
    address = reverse("admin:feedback_suggestion_changelist")
    rows = [
        Row(f"{title}: {counts[name]}", f"{address}?attention={name}")
        for name, title in DESK_STATES.items()
        if counts[name]
    ]
    if not rows:
        return []
    guide = ("suggestions", "list")
    first = [describe_row(each) for each in list_first_due(request.user, FIRST)]
    panels = [Panel("Ответить первыми", first, guide=guide)] if first else []
    return [*panels, Panel("Предложения", rows)]


def describe_row(suggestion):
    """A link straight to the text; of a restricted one no word stands here."""
    title = f"{suggestion}, {tell_term(suggestion)}"
    address = reverse("admin:feedback_suggestion_change", args=[suggestion.pk])
    return Row(title, address, list_excerpt(suggestion, 120))
