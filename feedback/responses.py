"""How answers that are meant for one person leave the site."""


def private(response):
    """A page for one person: never stored, never indexed, its address never passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
