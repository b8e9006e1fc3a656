"""Recovery of a form that staff sent after their login had ended: a page that sends it again."""

import re

# Passwords are never given back. Of the buttons none is pressed again: what was to be published
# may lack its files now, so it is saved and shown.
LEFT_OUT = re.compile(
    r"csrfmiddlewaretoken|login-.*|.*password.*|_(?!selected_action|popup|to_field).*"
)


def is_admin_form_post(request):
    """Whether the request sends a form of a model's own pages in the admin."""
    match = request.resolver_match
    return request.method == "POST" and hasattr(match and match.func, "model_admin")


def recoverable_entries(request):
    """(name, value) of all that was sent and can be sent again.

    What was to be done with rows selected in a list is not: a log-in publishes or deletes nothing.
    """
    selects = "_selected_action" in request.POST
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not LEFT_OUT.fullmatch(name) and not (selects and name == "action")
        for value in values
    ]


def file_names(request):
    """The names of the files that were sent: a browser does not send them again by itself."""
    return [file.name for field in request.FILES for file in request.FILES.getlist(field)]
