"""Slots of unsaved entries: what the script of a post's form sends while somebody writes."""

import json
import re
from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from college_site.admin_site.script_views import refuse, script_view
from news.models import Autosave

# Names of buttons, and what belongs to the page rather than to the post.
LEFT_OUT = re.compile(r"csrfmiddlewaretoken|autosave|autosave_page|_.*")
MAX_BYTES = 1024 * 1024
MAX_SLOTS = 100  # of one user; those that are empty count, too

TOO_LARGE = "Слишком много текста для черновика: больше 1 МБ. Сохраните публикацию кнопкой."
TOO_MANY = "Несохранённого слишком много: удалите лишнее в списке публикаций."
UNREADABLE = "Страница прислала не то, что ожидалось. Обновите её."
OTHER_USER = "В этом браузере вошёл другой сотрудник: введённое здесь остаётся на этой странице."
OTHER_PAGE = "Открыто в другой вкладке: введённое здесь хранится отдельно."
SAVED = "Эта форма уже сохранена. Введённое после этого хранится отдельно."


class AutosaveAdmin:
    """What the admin of posts does with slots."""

    def get_urls(self):
        views = [
            path("autosave/<uuid:key>/", self.autosave_view, name="news_post_autosave"),
        ]
        return [*views, *super().get_urls()]

    @property
    def autosave_view(self):
        return script_view(self.store_entries)

    def store_entries(self, request, key):
        """Store the entries of an open page, or only note that it is still open."""
        sent = read_json(request)
        if sent.get("user") != request.user.pk:
            return refuse(OTHER_USER, HTTPStatus.CONFLICT)
        changes, seen = read_changes(sent)
        slot = self.open_slot(request, key, sent.get("post"))
        if slot.saved_at:
            return JsonResponse({"message": SAVED, "key": uuid4()}, status=HTTPStatus.GONE)
        if not write_slot(slot, changes, seen):
            return JsonResponse({"message": OTHER_PAGE, "key": uuid4()}, status=HTTPStatus.CONFLICT)
        return JsonResponse({"saved_at": timezone.now(), "token": get_token(request)})

    def open_slot(self, request, key, post_key=None):
        """The user's slot with this key, made on first use.

        Raises Http404 for a slot of somebody else or of another post, PermissionDenied for a user
        who may not save the form.
        """
        post = self.find_post(request, post_key)
        try:
            with transaction.atomic():
                slot = Autosave.objects.filter(pk=key).first() or create_slot(
                    request.user, key, post
                )
        except IntegrityError:  # created by another request at the same moment
            slot = Autosave.objects.get(pk=key)
        is_own = slot.user_id == request.user.pk
        if not is_own or (slot.post_id != (post and post.pk) and not slot.saved_at):
            raise Http404
        return slot

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is None or self.has_change_permission(request, obj):
            context["slot"] = page_slot(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def find_post(self, request, key):
        """The stored post that the user may change, or None for a new one that may be added."""
        if not key:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        post = self.get_object(request, str(key))
        if post is None:
            raise Http404
        if not self.has_change_permission(request, post):
            raise PermissionDenied
        return post


def page_slot(request, post):
    """What the page of a form needs to know of its slot; a form sent in vain has the same again."""
    key, page = uuid4(), uuid4()
    if request.method == "POST":
        slot = Autosave.objects.filter(pk=sent_uuid(request, "autosave")).first()
        if slot is None or (slot.user_id == request.user.pk and not slot.saved_at):
            key = sent_uuid(request, "autosave") or key
            page = sent_uuid(request, "autosave_page") or page
    return {"key": key, "page": page, "post": post and post.pk, "seen": ""}


def sent_uuid(request, name):
    """The UUID in a field of the form, or None."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        return None


def create_slot(user, key, post):
    if user.autosaves.count() >= MAX_SLOTS:
        raise ValidationError(TOO_MANY)
    return Autosave.objects.create(key=key, user=user, post=post)


def write_slot(slot, changes, seen):
    """Write what a page sent, unless another page has written since; whether it was written.

    A page may write if it wrote last, or if nothing was written since it was rendered.
    """
    unchanged = Q(page=None) | Q(page=changes["page"]) | Q(updated_at=seen)
    rows = Autosave.objects.filter(unchanged, pk=slot.pk, saved_at=None)
    return rows.update(**changes) > 0


# What was sent ------------------------------------------------------------------------------------


def read_json(request):
    """The object in the body; raises ValidationError for anything else."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise ValidationError(UNREADABLE)
    return sent


def read_changes(sent):
    """The new values of the slot, and the moment of the latest entries that the page knows."""
    now = timezone.now()
    changes = {"page": read_uuid(sent.get("page")), "seen_at": None if sent.get("left") else now}
    if "entries" in sent:
        changes |= {"entries": encode_entries(sent["entries"]), "updated_at": now}
    return changes, read_moment(sent.get("seen"))


def encode_entries(entries):
    """A list of [name, value] as a browser encodes a form; control fields are left out."""
    is_list = isinstance(entries, list) and all(
        isinstance(entry, list) and len(entry) == 2 and all(isinstance(part, str) for part in entry)
        for entry in entries
    )
    if not is_list or len(entries) > 2000:
        raise ValidationError(UNREADABLE)
    wanted = [(name, value) for name, value in entries if not LEFT_OUT.fullmatch(name)]
    return urlencode(wanted, errors="replace")


def read_uuid(text):
    try:
        return UUID(text)
    except (TypeError, ValueError, AttributeError):
        raise ValidationError(UNREADABLE) from None


def read_moment(text):
    """The moment in the form that the page was given, or None."""
    try:
        moment = parse_datetime(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
