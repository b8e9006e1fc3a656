"""Choices of related rows without the buttons that Django puts beside them."""


def without_buttons(form, *names):
    """The form class whose fields of these names offer a choice and nothing else.

    A pencil and a cross beside a choice invite to change or delete the row for everybody.
    """
    for name in names:
        if name in form.base_fields:
            widget = form.base_fields[name].widget
            widget.can_add_related = widget.can_change_related = False
            widget.can_view_related = widget.can_delete_related = False
    return form
