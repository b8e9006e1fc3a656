"""A form that was sent again after a login is shown, filled in, before anything is saved."""

from django.contrib import messages

from college_site.http.request_state import request_state

NOT_SAVED = "Это ещё не сохранено. Проверьте, что в форме написанное вами, и сохраните."


class ReviewedForm:
    """A form that is never valid, so the admin shows it with what was sent."""

    def is_valid(self):
        super().is_valid()  # shows the errors of the fields, too
        return False


class ReviewedAdmin:
    """A ModelAdmin whose form is only shown where the request asks for a review."""

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        if not request_state(request).is_review:
            return form
        return type(form.__name__, (ReviewedForm, form), {})

    def render_change_form(self, request, *args, **kwargs):
        if request_state(request).is_review:
            messages.warning(request, NOT_SAVED)
        return super().render_change_form(request, *args, **kwargs)
