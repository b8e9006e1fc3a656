"""The newest public answer on the home page: proof that suggestions lead somewhere."""

from feedback.models import Publication, Suggestion
from feedback.statistics.calculation import usual_answer_days


def home_panel():
    """The newest answer that grants a suggestion, and how long answers take; None without one."""
    granted = Publication.objects.public().filter(suggestion__status=Suggestion.Status.ANSWERED)
    columns = ("title", "answer", "suggestion__year", "suggestion__sequence")
    shown = granted.exclude(answer="").select_related("suggestion").only(*columns)
    publication = shown.first()
    return publication and {"publication": publication, "usual_days": usual_answer_days()}
