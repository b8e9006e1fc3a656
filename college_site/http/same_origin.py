"""Forms without a token: a browser itself says which site a request comes from."""

from django.core.exceptions import PermissionDenied


def require_same_origin(request):
    """Raise PermissionDenied (403) for a form of another site; Fetch Metadata, "Sec-Fetch-Site".

    For forms that stand on pages which are the same for everybody, where a token would give every
    visitor a cookie, and that change nothing but what their own browser remembers or counts.
    """
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        raise PermissionDenied
