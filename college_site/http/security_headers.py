"""Headers of every answer: what browsers may load, use and embed. The settings take them over."""

from functools import wraps

from csp.constants import NONCE, NONE, SELF

# The one <style> that the rich-text editor injects; a browser test notices when it changes.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        # The nonce appears only on pages that ask for it: the admin's import map.
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
    # Players start on the press that loads them; frame-src says which page may have one at all.
    "autoplay": ["self", "https://rutube.ru", "https://vkvideo.ru"],
    **{"accelerometer": [], "camera": [], "display-capture": [], "encrypted-media": []},
    **{"geolocation": [], "gyroscope": [], "magnetometer": []},
    **{"microphone": [], "midi": [], "payment": [], "usb": []},
}


def resource_policy(get_response):
    """Other sites may not embed our pages or scripts, nor pictures that are not public."""

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
