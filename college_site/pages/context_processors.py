"""Context processors for all templates."""

from django.utils.functional import SimpleLazyObject

from college_site.http.request_state import request_state
from college_site.models import College


def college(request):
    """`college`: the college's row, read on first use."""
    return {"college": SimpleLazyObject(lambda: current_college(request))}


def current_college(request):
    """The college's row, read at most once per request (conditional_get.py may have read it)."""
    state = request_state(request)
    if state.college is None:
        state.college = College.objects.current()
    return state.college
