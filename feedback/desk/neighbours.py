"""Which suggestion comes next at the desk: in the order and within the filters of the list."""

from django.db.models import Q

from feedback.models.workflow.states import RUNNING
from feedback.models.workflow.urgency import ORDER


def find_next_due(suggestions, suggestion):
    """The first of the queryset whose clock runs, other than this one."""
    return list_running(suggestions).exclude(pk=suggestion.pk).first()


def find_neighbour(suggestions, suggestion, *, is_next):
    """The one whose clock runs after this one, or before it; None at the end."""
    found = list_running(suggestions).filter(lies_beyond(suggestion, is_next=is_next))
    return found.first() if is_next else found.last()


def list_running(suggestions):
    return suggestions.open().filter(status__in=RUNNING).by_urgency()


def lies_beyond(suggestion, *, is_next):
    """The condition that a row follows this one in ORDER, or precedes it.

    A closed suggestion has no day of an answer, and follows all open ones.
    """
    found, same = Q(), Q()
    for name in ORDER:
        field = name.removeprefix("-")
        value = getattr(suggestion, field)
        if value is None:
            break
        is_greater = is_next != name.startswith("-")
        found |= same & Q(**{f"{field}__{'gt' if is_greater else 'lt'}": value})
        same &= Q(**{field: value})
    return found
