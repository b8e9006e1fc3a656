"""Slots of unsaved entries: what the script of a post's form sends while somebody writes."""

from http import HTTPStatus
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from college_site.admin_site.script_views import refuse, script_view
from college_site.http.request_state import request_state
from college_site.http.responses import see_other
from news.admin.media.photos import list_photos
from news.editing.checklist import describe, read_entries, read_post
from news.editing.conflicts import without_vanished_rows
from news.editing.entries import encode_entries, parse_uuid, read_changes, read_json
from news.editing.names import tell_moment
from news.editing.presence import list_present
from news.editing.restoring import RestoredForm, restore_rows, restored_slot
from news.models import Autosave, Post
from news.models.publishing.access import may_publish

MAX_SLOTS = 100  # of one user, without those that are saved

TOO_MANY = "Несохранённого слишком много: удалите лишнее в списке публикаций."
OTHER_USER = "В этом браузере вошёл другой сотрудник: введённое здесь остаётся на этой странице."
OTHER_PAGE = "Открыто в другой вкладке: введённое здесь хранится отдельно."
NOT_FOUND = "Этого несохранённого больше нет: оно уже сохранено или удалено."
ALREADY_SAVED = (
    "Эта публикация уже сохранена. Ниже то, что вы отправили во второй раз: если ничего не меняли, "
    "сохранять это не нужно."
)
POST_GONE = (
    "Этой публикации у вас больше нет: её удалили, опубликовали или запланировали. Написанное вами "
    "здесь: его можно сохранить как новую."
)
SAVED = "Эта форма уже сохранена. Введённое после этого хранится отдельно."


class AutosaveAdmin:
    """What the admin of posts does with slots."""

    def get_urls(self):
        slot = "autosave/<uuid:key>/"
        views = [
            path(slot, script_view(self.store_entries), name="news_post_autosave"),
            path(f"{slot}delete/", self.delete_view_of_slots(), name="news_post_autosave_delete"),
        ]
        return [*views, *super().get_urls()]

    def store_entries(self, request, key):
        """Store the entries of an open page, or only note that it is still open."""
        sent = read_json(request)
        if sent.get("user") != request.user.pk:
            return refuse(OTHER_USER, HTTPStatus.FORBIDDEN)
        changes, seen = read_changes(sent)
        slot = self.open_slot(request, key, sent.get("post"))
        if slot.saved_at:
            return JsonResponse({"message": SAVED, "key": uuid4()}, status=HTTPStatus.GONE)
        if not write_slot(slot, changes, seen):
            return JsonResponse({"message": OTHER_PAGE, "key": uuid4()}, status=HTTPStatus.CONFLICT)
        present = list_present(slot.post_id, request.user) if slot.post_id else []
        checklist = render_checklist(slot, changes.get("entries", slot.entries))
        answer = {"present": present, "token": get_token(request), "checklist": checklist}
        return JsonResponse(answer)

    def delete_view_of_slots(self):
        return self.admin_site.admin_view(require_POST(self.delete_slot))

    def delete_slot(self, request, key):
        """Delete an own slot with its photographs; back to the page that offered it."""
        slot = get_object_or_404(request.user.autosaves.unsaved(), pk=key)
        slot.delete()
        self.message_user(request, f"Удалено несохранённое: «{slot}».", messages.SUCCESS)
        if "from_list" in request.POST:
            return see_other("admin:news_post_changelist")
        return see_other(form_address(slot.post_id))

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
            slot = get_object_or_404(Autosave, pk=key)
        is_own = slot.user_id == request.user.pk
        if not is_own or (slot.post_id != (post and post.pk) and not slot.saved_at):
            raise Http404
        return slot

    # Forms ----------------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        self.release_slots(request)
        offers = list_offers(request.user.autosaves.unsaved())
        return super().changelist_view(request, {"offers": offers, **(extra_context or {})})

    def release_slots(self, request):
        """Entries for posts that the user may change no more are offered as new posts."""
        slots = request.user.autosaves.unsaved().exclude(post=None).select_related("post")
        lost = [s.pk for s in slots if not self.has_change_permission(request, s.post)]
        if lost:
            request.user.autosaves.filter(pk__in=lost).update(post=None)

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """A form whose post cannot be found or is stored already is offered back as a slot.

        A new post is sent a second time if the first answer was lost on its way.
        """
        is_sent = request.method == "POST" and not request_state(request).is_review
        if is_sent and object_id is None and (post := find_saved(request)):
            return self.offer_back(request, post, ALREADY_SAVED)
        if is_sent and object_id and not self.is_changeable(request, object_id):
            return self.offer_back(request, None, POST_GONE)
        return super().changeform_view(request, object_id, *args, **kwargs)

    def is_changeable(self, request, object_id):
        post = self.get_object(request, object_id)
        return post is not None and self.has_change_permission(request, post)

    def offer_back(self, request, post, words):
        """Redirect to the form of `post`, or to a new one, filled with what was sent."""
        sent = [(name, value) for name, values in request.POST.lists() for value in values]
        encoded = encode_entries([[*entry] for entry in sent if entry[0] != "version"])
        if post:
            encoded += "&version=1"
        slot = self.open_slot(request, uuid4(), post and post.pk)
        slot.entries = encoded
        slot.save(update_fields=["entries"])
        self.message_user(request, words, messages.WARNING)
        return see_other(slot_address(slot))

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        slot = restored_slot(request, obj)
        return type(form.__name__, (RestoredForm, form), {"entries": slot.data}) if slot else form

    def get_formset_kwargs(self, request, obj, inline, prefix):
        options = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in options and obj.pk:
            stored = inline.model.objects.filter(post=obj)
            options["data"] = without_vanished_rows(options["data"], prefix, stored)
        return options

    def get_inline_formsets(self, request, formsets, *args, **kwargs):
        obj = formsets[0].instance if formsets and formsets[0].instance.pk else None
        if slot := restored_slot(request, obj):
            for formset in formsets:
                restore_rows(formset, slot.data)
        return super().get_inline_formsets(request, formsets, *args, **kwargs)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is None or self.has_change_permission(request, obj):
            restored = restored_slot(request, obj)
            slot = page_slot(request, obj, restored)
            own = request.user.autosaves.unsaved().filter(post=obj)
            context |= {
                "slot": slot,
                "offers": list_offers(own.exclude(pk=slot["key"])),
                "present": list_present(obj.pk, request.user) if obj else [],
            }
            widget = context["adminform"].form.fields["photographs"].widget
            widget.post, widget.photos = obj, list_photos(slot["key"], obj)
            widget.may_take_down = may_publish(request.user)
            sent = context["adminform"].form.data or (restored and restored.data)
            draft = read_entries(sent) if sent else read_post(obj or Post())
            context["checklist"] = describe(draft, widget.photos)
            if restored is None and "autosave" in request.GET:
                self.message_user(request, NOT_FOUND, messages.WARNING)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Attach the photographs of the slot, and note that its entries are saved."""
        super().save_related(request, form, formsets, change)
        key = sent_uuid(request, "autosave")
        if key is None:
            return
        slot, _ = Autosave.objects.select_for_update().get_or_create(
            pk=key, defaults={"user": request.user, "post": form.instance}
        )
        if slot.user_id == request.user.pk and not slot.saved_at:
            form.instance.attach(slot)

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


def page_slot(request, post, restored):
    """What the page of a form tells its script of its slot.

    A form that was sent in vain has the same slot again.
    """
    key, page, seen, version = uuid4(), uuid4(), "", post and post.version
    revision = request.POST.get("revision", "")  # of the history, which fills the form
    if request.method == "POST":
        slot = Autosave.objects.filter(pk=sent_uuid(request, "autosave")).first()
        if slot is None or (slot.user_id == request.user.pk and not slot.saved_at):
            key = sent_uuid(request, "autosave") or key
            page = sent_uuid(request, "autosave_page") or page
    elif restored:
        key, seen = restored.pk, restored.updated_at.isoformat()
        version = restored.data.get("version", version)
        revision = restored.data.get("revision", "")
    return {
        **{"key": key, "page": page, "seen": seen, "post": post and post.pk, "version": version},
        "revision": revision,
    }


def render_checklist(slot, entries):
    """The checklist of an open form with these entries, or of its stored post without any."""
    draft = read_entries(QueryDict(entries)) if entries else read_post(slot.post or Post())
    checklist = describe(draft, list_photos(slot.pk, slot.post))
    return render_to_string("admin/news/post/_checklist.html", {"checklist": checklist})


def find_saved(request):
    """The post as which the sent form of a new post is stored already, or None.

    A page that was told of it has another slot since, and names the saved one besides.
    """
    keys = [sent_uuid(request, name) for name in ("autosave_saved", "autosave")]
    slots = request.user.autosaves.filter(pk__in=filter(None, keys))
    saved = slots.exclude(saved_at=None).filter(post__deleted_at=None)
    slot = saved.select_related("post").first()
    return slot and slot.post


def form_address(post_key):
    if post_key:
        return reverse("admin:news_post_change", args=[post_key])
    return reverse("admin:news_post_add")


def slot_address(slot):
    return f"{form_address(slot.post_id)}?autosave={slot.pk}"


def list_offers(slots):
    """What can be restored: title, moment and addresses of each slot."""
    return [
        {
            "title": str(slot),
            "moment": tell_moment(slot.updated_at),
            "address": slot_address(slot),
            "deletion": reverse("admin:news_post_autosave_delete", args=[slot.pk]),
        }
        for slot in slots
    ]


def sent_uuid(request, name):
    """The UUID in a field of the form, or None."""
    return parse_uuid(request.POST.get(name))


def create_slot(user, key, post):
    if user.autosaves.filter(saved_at=None).count() >= MAX_SLOTS:
        raise ValidationError(TOO_MANY)
    return Autosave.objects.create(key=key, user=user, post=post)


def write_slot(slot, changes, seen):
    """Write what a page sent, unless another page has written since; whether it was written.

    A page may write if it wrote last, or if nothing was written since it was rendered.
    """
    unchanged = Q(page=None) | Q(page=changes["page"]) | Q(updated_at=seen)
    rows = Autosave.objects.filter(unchanged, pk=slot.pk, saved_at=None)
    return rows.update(**changes) > 0
