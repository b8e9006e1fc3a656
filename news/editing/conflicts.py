"""A form whose post somebody else saved meanwhile: it is shown with both versions, not saved."""

import re

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models import F
from django.forms import (
    BooleanField,
    ChoiceField,
    DateField,
    FileField,
    ModelChoiceField,
    MultiWidget,
    SplitDateTimeField,
    TimeField,
)
from django.utils.formats import localize
from django.utils.timezone import template_localtime

from college_site.rich_text import RichTextField, sanitize
from news.editing.differences import compare, readable
from news.editing.names import short_name, tell_moment

TAKE = "_take"  # the button that takes the stored value of a field, whose name is its value
STALE = "Пока вы писали, публикация была сохранена. Ваш текст здесь, он не потерян и не записан."


class StaleForm(Exception):
    """Another request saved the post after the form was checked and before it was written."""


def is_stale(form):
    """Whether the form was rendered for another version of its post than the stored one.

    A form without a version comes from no page of this site and is not compared.
    """
    sent = form.data.get("version")
    return form.stored.pk is not None and sent is not None and sent != str(form.stored.version)


def check_version(form):
    if is_stale(form):
        form.add_error(None, ValidationError(STALE, code="stale"))


def claim_version(post, sent):
    """Lock the row of the post if it still has the version `sent`; else raise StaleForm.

    The lock lasts until the transaction ends; save() then counts the version on.
    """
    rows = type(post).objects.filter(pk=post.pk)
    if sent is not None:
        rows = rows.filter(version=sent)
    if not rows.update(version=F("version")):
        raise StaleForm


def take_stored(form, name):
    """Replace what was entered into a field by what is stored."""
    form.data = form.data.copy()
    for entry, value in stored_entries(form, name).items():
        form.data[entry] = value


def stored_entries(form, name):
    """{name of the entry: value} as the unchanged form would send the field."""
    widget, value = form.fields[name].widget, form.initial.get(name)
    prefixed = form.add_prefix(name)
    if not isinstance(widget, MultiWidget):
        return {prefixed: entry_of(widget, value)}
    parts = zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True)
    return {prefixed + suffix: entry_of(part, value) for suffix, part, value in parts}


def entry_of(widget, value):
    shown = widget.format_value(value)
    if isinstance(shown, list | tuple):
        shown = shown[0] if shown else ""
    return "" if shown is None else str(shown)


def without_vanished_rows(data, prefix, stored):
    """The data of an inline; rows that somebody deleted meanwhile are marked as deleted.

    Otherwise no later save of the form would ever be valid.
    """
    keys = {str(key) for key in stored.values_list("pk", flat=True)}
    sent = re.compile(rf"({re.escape(prefix)}-[0-9]+-)id")
    rows = {match[1]: data[name] for name in data if (match := sent.fullmatch(name))}
    vanished = [row for row, key in rows.items() if key and key not in keys]
    if vanished:
        data = data.copy()
        data.update({f"{row}DELETE": "on" for row in vanished})
    return data


# What is shown ------------------------------------------------------------------------------------


def describe_conflict(form, formsets):
    """Who saved the post and when, and the differences field by field."""
    rows = [compare_field(form, name) for name in form.changed_data if name in form.initial]
    for formset in formsets:
        for row in formset.initial_forms:
            if row.instance.pk:
                rows += [
                    compare_field(row, name) for name in row.changed_data if is_text(row, name)
                ]
    return {"who": tell_who(form.stored), "rows": [row for row in rows if row]}


def is_text(form, name):
    field = form.fields[name]
    is_other = isinstance(field, FileField | BooleanField) or field.widget.is_hidden
    return name in form.initial and not is_other


def compare_field(form, name):
    """A row of the table of differences; None if both versions mean the same."""
    field = form.fields[name]
    stored = shown_value(field, stored_entries(form, name))
    own = shown_value(field, own_entries(form, name))
    if isinstance(form._meta.model._meta.get_field(name), RichTextField):
        own = sanitize(own)
    if stored == own:
        return None
    left, right = compare(readable(stored), readable(own))
    row_label = f"{form.instance._meta.verbose_name} {form.instance}, " if form.prefix else ""
    return {
        "name": name,
        "label": f"{row_label}{field.label}",
        "id": form[name].id_for_label,
        "stored": left,
        "own": right,
        "differs_in_markup": readable(stored) == readable(own),
        "may_take": not form.prefix,
    }


def own_entries(form, name):
    widget, prefixed = form.fields[name].widget, form.add_prefix(name)
    suffixes = widget.widgets_names if isinstance(widget, MultiWidget) else [""]
    return {prefixed + suffix: form.data.get(prefixed + suffix, "") for suffix in suffixes}


def shown_value(field, entries):
    """What a person reads in a field with these entries."""
    value = " ".join(filter(None, entries.values()))
    if value and isinstance(field, DateField | TimeField | SplitDateTimeField):
        return tell_time(field, [*entries.values()], value)
    if isinstance(field, ModelChoiceField):
        try:
            return str(field.to_python(value) or "")
        except ValidationError:
            return value
    return dict(field.choices).get(value, value) if isinstance(field, ChoiceField) else value


def tell_time(field, parts, value):
    """A date, a time or both as people read them; else what was entered."""
    try:
        cleaned = field.clean(parts if isinstance(field, SplitDateTimeField) else value)
    except ValidationError:
        return value
    return localize(template_localtime(cleaned))


def tell_who(post):
    """«Иванова И. И., 29 ноября в 14:05»; without a name if the save is not in the history."""
    kind = ContentType.objects.get_for_model(post)
    entry = LogEntry.objects.filter(content_type=kind, object_id=str(post.pk)).first()
    when = tell_moment(post.updated_at)
    if entry is None or entry.action_time < post.updated_at:
        return when
    return f"{short_name(entry.user)}, {when}"
