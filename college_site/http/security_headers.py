"""Security headers of all responses; the settings import the policies."""

from functools import wraps

from csp.constants import NONCE, NONE, SELF

# The <style> that the rich-text editor injects; a browser test detects changes.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce is sent only if a page uses it: the admin for its import map.
        "script-src": [SELF, NONCE],
        "style-src": [SELF, EDITOR_STYLE],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    },
}
PERMISSIONS_POLICY = {
    # Players start with the click that loads them; frame-src limits them to pages with videos.
    "autoplay": ["self", "https://rutube.ru", "https://vkvideo.ru"],
    **{"accelerometer": [], "camera": [], "display-capture": [], "encrypted-media": []},
    **{"geolocation": [], "gyroscope": [], "magnetometer": []},
    **{"microphone": [], "midi": [], "payment": [], "usb": []},
}


def resource_policy(get_response):
    """Middleware: forbid other sites to embed pages, scripts and pictures that are not public."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware


def allow_embedding(response):
    """Let pages of other sites show this picture, as feed readers and messengers do."""
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def embeddable(view):
    """Decorate a view of public pictures with allow_embedding()."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        return allow_embedding(view(request, *args, **kwargs))

    return inner
