"""The decision that a suggestion is not published although its author allows it."""

from feedback.models.workflow.states import EventKind
from feedback.models.workflow.transitions import SuggestionTransitions, clean_text


class PublishingTransitions(SuggestionTransitions):
    """The author is told of every decision about the publication, with its reason."""

    class Meta:
        abstract = True

    def refuse_publication(self, reason, staff):
        """Tell the author why it is not published; it may be published later all the same."""
        self._change(EventKind.NOT_PUBLISHED, describe_refusal(reason), staff=staff)

    def why_not_allowed(self, kind, staff=None):
        objection = super().why_not_allowed(kind, staff)
        if objection or kind != EventKind.NOT_PUBLISHED:
            return objection
        if not self.may_publish or self.is_restricted or self.duplicate_of_id:
            return "Автор не разрешил публиковать это предложение, или оно закрытое."
        if hasattr(self, "publication") and self.publication.is_published:
            return "Оно опубликовано: снимите его с публикации на странице публичного ответа."
        decisions = (EventKind.PUBLISHED, EventKind.HIDDEN, EventKind.NOT_PUBLISHED)
        last = self.events.filter(kind__in=decisions).order_by("-position").first()
        if last and last.kind == EventKind.NOT_PUBLISHED:
            return "Автору уже написали, что оно не опубликовано."
        return ""


def describe_refusal(reason):
    """What the event of the refusal says."""
    return f"Не опубликовано: {clean_text(EventKind.NOT_PUBLISHED, reason)}"
