"""How crispy renders our forms."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit


def form_helper(button):
    """A form whose messages are the server's, not the browser's, and which one button ends."""
    helper = FormHelper()
    helper.attrs = {"novalidate": True}
    helper.add_input(Submit("send", button))
    return helper
