"""Fills the form of a post from a slot, so that it can be looked at and saved."""

import re

from django.core.exceptions import ValidationError
from django.forms import FileField, ModelChoiceField

from news.editing.entries import parse_uuid

MAX_ROWS = 100  # of one inline


def restored_slot(request, post):
    """The user's slot of this post that the address `?autosave=KEY` asks for, or None."""
    key = parse_uuid(request.GET.get("autosave")) if request.method == "GET" else None
    if key is None:
        return None
    return request.user.autosaves.unsaved().filter(pk=key, post=post).first()


class RestoredForm:
    """A form whose fields show `entries`, a QueryDict, instead of what is stored."""

    entries = None

    def __init__(self, *args, initial=None, **kwargs):
        entered = read_entries(self.entries, self.base_fields, "")
        super().__init__(*args, initial={**(initial or {}), **entered}, **kwargs)


def read_entries(entries, fields, prefix):
    """{name: raw value} of the fields whose entries are there."""
    values = {}
    for name, field in fields.items():
        source = (entries, {}, prefix + name)
        if isinstance(field, FileField) or field.widget.value_omitted_from_data(*source):
            continue
        value = field.widget.value_from_datadict(*source)
        if not isinstance(field, ModelChoiceField) or is_choice(field, value):
            values[name] = value
    return values


def is_choice(field, value):
    try:
        field.to_python(value)
    except ValidationError:
        return False
    return True


def restore_rows(formset, entries):
    """Fill the rows of an inline: stored ones by their keys, new ones behind them.

    Marks for deletion are not restored, and files cannot be.
    """
    count = entries.get(f"{formset.prefix}-TOTAL_FORMS", "")
    numbers = range(min(int(count), MAX_ROWS) if re.fullmatch(r"[0-9]{1,4}", count) else 0)
    prefixes = {f"{formset.prefix}-{n}-": entries.get(f"{formset.prefix}-{n}-id") for n in numbers}
    stored = {key: prefix for prefix, key in prefixes.items() if key}
    new = [prefix for prefix, key in prefixes.items() if key == ""]
    formset.extra = max(formset.extra, len(new))
    for form in formset.initial_forms:
        if prefix := stored.get(str(form.instance.pk)):
            form.initial.update(read_entries(entries, form.fields, prefix))
    for form, prefix in zip(formset.extra_forms, new, strict=False):
        form.initial.update(read_entries(entries, form.fields, prefix))
