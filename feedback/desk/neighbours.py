"""Which suggestion comes next at the desk: by what is due, within the filters of the list."""

from django.db.models import Q

from feedback.models.workflow.states import RUNNING

BY_URGENCY = ("due_on", "pk")


def find_next_due(suggestions, suggestion):
    """The one of the queryset that is due first, of the restricted queue before the others."""
    open_ones = suggestions.filter(status__in=RUNNING).exclude(pk=suggestion.pk)
    return open_ones.order_by("-is_restricted", *BY_URGENCY).first()


def find_neighbour(suggestions, suggestion, *, is_next):
    """The open one that is due after this one, or before it; None at the end."""
    side, sign = ("gt", "") if is_next else ("lt", "-")
    due, key = suggestion.due_on, suggestion.pk
    beyond = Q(**{f"due_on__{side}": due}) | Q(due_on=due, **{f"pk__{side}": key})
    order = [f"{sign}{name}" for name in BY_URGENCY]
    return suggestions.filter(beyond, status__in=RUNNING).order_by(*order).first()
