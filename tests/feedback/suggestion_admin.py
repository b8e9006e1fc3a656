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


def enter(client, *rights):
    """Log in a staff user with exactly these permissions."""
    user = factories.staff_with(*rights)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


def page_of(suggestion):
    return f"{LIST}{suggestion.pk}/change/"


def act(client, suggestion, action="", words="", **entries):
    forms = {"events-TOTAL_FORMS": "0", "events-INITIAL_FORMS": "0"}
    entries = {"topic": suggestion.topic_id, "action": action, "words": words, **entries}
    return client.post(page_of(suggestion), {**forms, **entries})
