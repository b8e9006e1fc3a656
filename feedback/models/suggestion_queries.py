"""The questions that are asked of suggestions: by receipt, by state, by what is due."""

from django.db.models import Count, Q
from django.utils import timezone

from feedback.models.search_words import WordLookups
from feedback.models.topics import SuggestionTopic
from feedback.models.workflow.desk_states import DESK_STATES, desk_state
from feedback.models.workflow.states import PUBLIC, PromiseState
from feedback.models.workflow.urgency import ORDER, Urgency
from feedback.receipts.codes import code_hash, submission_hash

MOST_OPEN = 1000  # open suggestions that are counted


class SuggestionQuerySet(WordLookups):
    def find_by_receipt(self, number, code):
        """The suggestion with this number and code, or None if either of them is wrong.

        The query uses the code only, so its time does not reveal whether the number exists.
        """
        found = self.select_related("topic").filter(code_hash=code_hash(code)).first()
        return found if found and found.number == number else None

    def in_charge_of(self, user):
        """Those assigned to the member of staff, and those of own topics assigned to nobody."""
        own = Q(topic__in=SuggestionTopic.objects.filter(responsible=user))
        return self.filter(Q(responsible=user) | Q(responsible=None) & own)

    def publishable(self):
        """Suggestions that may be published and have no publication yet; of duplicates one."""
        allowed = self.filter(may_publish=True, is_restricted=False, erased_at=None)
        allowed = allowed.filter(publication__isnull=True)
        return allowed.filter(status__in=PUBLIC, duplicate_of=None)

    def with_submission_key(self, submission_key):
        """The suggestion that a form with this key registered: at most one."""
        return self.filter(submission_hash=submission_hash(submission_key))

    def in_desk_state(self, name):
        """The suggestions in one of DESK_STATES; all but those with promises are open."""
        if name == "promises":
            return self.with_due_promise()
        return self.open().filter(desk_state(name))

    def with_due_promise(self):
        """Suggestions with an open promise whose day has passed; few, found by its index."""
        promises = self.model._meta.get_field("promise").related_model.objects.order_by()
        due = promises.filter(state=PromiseState.OPEN, due_on__lt=timezone.localdate())
        return self.filter(pk__in=due.values("suggestion"))

    def by_urgency(self):
        """What burns first, then by the day of the answer, the closed ones last."""
        return self.order_by(*ORDER)

    def open(self):
        return self.filter(urgency__lt=Urgency.CLOSED)

    def count_desk(self):
        """{name of DESK_STATES or "open": number of open suggestions}, in one query.

        Promises are made with an answer: count_desk_states() counts them.

        Of more than MOST_OPEN open suggestions the most urgent ones are counted.
        """
        names = [name for name in DESK_STATES if name != "promises"]
        counts = {name: Count("pk", filter=desk_state(name)) for name in names}
        return self.open().by_urgency()[:MOST_OPEN].aggregate(open=Count("pk"), **counts)

    def count_desk_states(self):
        promises = self.in_desk_state("promises")[:MOST_OPEN].count()
        counts = {**self.count_desk(), "promises": promises}
        return {name: counts[name] for name in DESK_STATES}
