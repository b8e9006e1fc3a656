"""Choices of related rows without the buttons that Django adds to them."""


def hide_related_buttons(form, *names):
    """Remove the buttons of these fields of a form class.

    They invite staff to change or delete the related row for everyone.
    """
    for name in names:
        if name in form.base_fields:
            widget = form.base_fields[name].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_view_related = widget.can_delete_related = False
