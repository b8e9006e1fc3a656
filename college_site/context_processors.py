"""What every template may use."""

from django.utils.functional import SimpleLazyObject

from college_site.models import College


def college(request):
    """`college`: the shared contacts, read from the database only where a page shows them."""
    return {"college": SimpleLazyObject(College.objects.current)}
