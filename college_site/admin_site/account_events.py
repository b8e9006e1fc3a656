"""What is done to the second factor of an account, in the history of the account."""

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User


def record_event(request, user, what):
    """Who may view accounts reads it there; no address and no name of a device is noted."""
    account = User.objects.filter(pk=user.pk)
    message = f"Вход в два шага: {what}."
    LogEntry.objects.log_actions(request.user.pk, account, CHANGE, message, single_object=True)
