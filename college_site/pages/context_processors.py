"""What every template may use."""

from django.utils.functional import SimpleLazyObject

from college_site.http.request_state import request_state
from college_site.models import College


def college(request):
    """`college`: the shared contacts, read once and only where a page shows them."""
    return {"college": SimpleLazyObject(lambda: current_college(request))}


def current_college(request):
    """The college's row of this request; conditional_get.py may have read it already."""
    state = request_state(request)
    if state.college is None:
        state.college = College.objects.current()
    return state.college
