"""Lookups that suggestions share with the rows that belong to one."""

from django.db import models

from college_site.accounts.staff_permissions import is_permitted


class SuggestionLookups(models.QuerySet):
    """`suggestion_path` is the prefix of lookups that leads from a row to its suggestion."""

    suggestion_path = ""

    def visible_to(self, user):
        """The rows that this staff user may read: the restricted queue needs a permission."""
        if is_permitted(user, "feedback.view_restricted"):
            return self
        return self.filter(**{f"{self.suggestion_path}is_restricted": False})

    def with_number(self, number):
        """The rows of the suggestion with this public number, such as "2026-17"."""
        year, sequence = map(int, number.split("-"))
        path = self.suggestion_path
        return self.filter(**{f"{path}year": year, f"{path}sequence": sequence})
