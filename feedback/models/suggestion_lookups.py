"""Lookups that suggestions share with the rows that belong to one."""

from django.db import models
from django.db.models import Q

from college_site.accounts.staff_permissions import is_permitted, is_staff_today
from feedback.models.workflow.states import Status


class SuggestionLookups(models.QuerySet):
    """`suggestion_path` is the prefix of lookups that leads from a row to its suggestion."""

    suggestion_path = ""

    def visible_to(self, user):
        """The rows of suggestions that this member of staff may read: the one decision.

        With `view_queue` all, without it those of own topics and those assigned, once they are out
        of quarantine. The restricted queue is for those with `view_restricted`, and only for them.
        """
        if not is_staff_today(user):
            return self.none()
        found = self.about(is_restricted=False)
        if not is_permitted(user, "feedback.view_queue"):
            own = self.about(responsible=user.pk) | self.about(topic__responsible=user.pk)
            found &= own & ~self.about(status=Status.QUARANTINE)
        if is_permitted(user, "feedback.view_restricted"):
            found |= self.about(is_restricted=True)
        return self.filter(found)

    def about(self, **lookups):
        """The condition that the suggestions of the rows meet these lookups."""
        path = self.suggestion_path
        return Q(**{f"{path}{name}": value for name, value in lookups.items()})

    def with_number(self, number):
        """The rows of the suggestion with this public number, such as "2026-17"."""
        year, sequence = map(int, number.split("-"))
        return self.filter(self.about(year=year, sequence=sequence))
