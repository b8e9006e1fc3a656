"""Fields for dates and times that the browser itself offers.

Django's own need its calendar script, which no keyboard reaches, and which writes under each field
how far the clock of the computer is from the site's.
"""

from django import forms
from django.core.exceptions import ValidationError


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value):
        return super().format_value(parse(forms.DateField(), value))


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M:%S")

    def format_value(self, value):
        return super().format_value(parse(forms.TimeField(), value))


class DateTimeInput(forms.SplitDateTimeWidget):
    def __init__(self, attrs=None):
        parts = [DateInput({"aria-label": "Дата"}), TimeInput({"aria-label": "Время"})]
        forms.MultiWidget.__init__(self, parts, attrs)


def parse(field, value):
    """The value itself, not the text that was entered: a browser takes only the ISO form."""
    try:
        return field.to_python(value)
    except ValidationError:
        return None
