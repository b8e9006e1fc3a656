"""What an action of the admin says of the rows that it was asked to change."""

from django.contrib import messages


def message_row_count(model_admin, request, what, number):
    """Say how many rows were changed: a number is a success, none is something to know."""
    if number:
        model_admin.message_user(request, f"{what}: {number}.", messages.SUCCESS)
    else:
        model_admin.message_user(request, "Ничего не изменилось.", messages.WARNING)
