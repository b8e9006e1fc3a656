"""What has happened since the page with the form of an act was opened."""

from college_site.pages.plain_text import normalize
from feedback.models.workflow.states import READINGS


def list_since(suggestion, seen):
    """The events after the position `seen`, as the form sends it; readings do not count."""
    if not (seen or "").isdecimal() or len(seen) > 18:
        return []
    events = suggestion.events.filter(position__gt=int(seen)).exclude(kind__in=READINGS)
    return list(events.order_by("position").select_related("undone_by"))


def is_of_act(event, act):
    """Whether the event is what these words of this person have made already."""
    words = normalize(act.data.get("words", ""))
    same = (event.kind, event.staff_id, event.text) == (act.kind, act.staff.pk, words)
    return same and bool(words) and not hasattr(event, "undone_by")
