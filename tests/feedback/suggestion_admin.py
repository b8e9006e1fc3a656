"""Helpers that act on suggestions in the admin."""

from tests import factories

LIST = "/admin/feedback/suggestion/"
RIGHTS = (
    "view_suggestion",
    "change_suggestion",
    "view_queue",
    "assign_suggestion",
    "answer_suggestion",
    "view_mail",
    "change_mail",
    "view_ratelimitspan",
)


def enter(client, *rights, **fields):
    """Log in a staff user with exactly these permissions."""
    user = factories.staff_with(*rights)
    type(user).objects.filter(pk=user.pk).update(**fields)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page_of(suggestion):
    return f"{LIST}{suggestion.pk}/change/"


def act(client, suggestion, name, words="", **entries):
    """Post an act of the page with its words."""
    sent = {"words": words, "days": 30, "decision": "already", **entries}
    return client.post(f"{LIST}{suggestion.pk}/act/{name}/", sent)
