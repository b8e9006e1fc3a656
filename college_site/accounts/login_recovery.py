"""Recovery of a form that staff sent after their login had ended: a page that sends it again.

It is sent to be shown, not to be saved: the person who logs in now need not be its author.
"""

import re

# The button of that page: the form is shown, filled in, and waits for the usual buttons.
REVIEW = "_review"
# Passwords are never given back, no button is pressed again and nothing is deleted.
LEFT_OUT = re.compile(
    r"csrfmiddlewaretoken|login-.*|.*password.*|_(?!popup|to_field).*|.*-DELETE|.*-clear"
)
FORM_PAGES = ("add", "change", "act", "import", "intake")


def is_admin_form_post(request):
    """Whether the request sends the form of one row in the admin, of an act on it, or of what
    becomes one, such as a file or a paper.

    Not a list and no deletion.
    """
    match = request.resolver_match
    model_admin = getattr(match and match.func, "model_admin", None)
    if request.method != "POST" or model_admin is None:
        return False
    name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}"
    return match.url_name in [f"{name}_{page}" for page in FORM_PAGES]


def recoverable_entries(request):
    """(name, value) of all that was sent and can be sent again."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not LEFT_OUT.fullmatch(name)
        for value in values
    ]


def file_names(request):
    """The names of the files that were sent: a browser does not send them again by itself."""
    return [file.name for field in request.FILES for file in request.FILES.getlist(field)]
