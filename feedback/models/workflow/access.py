"""Who of the staff may do what with suggestions; what they see, SuggestionLookups decides."""

from django.contrib.auth import get_user_model

from college_site.accounts.staff_permissions import is_permitted
from feedback.models.workflow.states import EventKind

BACKEND = "django.contrib.auth.backends.ModelBackend"
CHANGE = "feedback.change_suggestion"
ASSIGN = "feedback.assign_suggestion"
ANSWER = "feedback.answer_suggestion"
RESTRICTED = "feedback.view_restricted"
PUBLISH = "feedback.change_publication"
# What an act needs besides CHANGE; those without a line need nothing more.
NEEDED = {
    EventKind.RELEASED: ASSIGN,
    EventKind.ASSIGNED: ASSIGN,
    EventKind.FORWARDED: ASSIGN,
    EventKind.QUESTION: ANSWER,
    EventKind.EXTENDED: ANSWER,
    EventKind.ANSWERED: ANSWER,
    EventKind.DECLINED: ANSWER,
    EventKind.FULFILLED: ANSWER,
    EventKind.CANCELLED: ANSWER,
    EventKind.OPENED_UP: RESTRICTED,
    EventKind.NOT_PUBLISHED: PUBLISH,
}


def may_act(user, kind):
    """Whether the member of staff may do what an event of this kind records."""
    return is_permitted(user, CHANGE) and is_permitted(user, NEEDED.get(kind, CHANGE))


def may_answer(user):
    return may_act(user, EventKind.ANSWERED)


def list_responsible():
    """The accounts that may be responsible for suggestions, as a queryset."""
    permitted = get_user_model().objects.with_perm(ANSWER, backend=BACKEND)
    return permitted.filter(is_staff=True).order_by("last_name", "first_name", "username")


def full_name(user):
    return user.get_full_name() or user.get_username()
