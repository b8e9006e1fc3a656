"""How django-crispy-forms renders our forms."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit


def form_helper(button=None):
    """A helper for forms with the server's error messages instead of the browser's.

    Without a button, the template writes the form element and its buttons itself.
    """
    helper = FormHelper()
    helper.attrs = {"novalidate": True}
    helper.form_tag = button is not None
    if button:
        helper.add_input(Submit("send", button))
    return helper
