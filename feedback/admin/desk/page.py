"""The page of one suggestion: the dialogue, beside it what may be done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.model_admin import FORM, SAFE
from college_site.admin_site.review import NOT_SAVED
from college_site.http.request_state import request_state
from college_site.http.responses import make_private
from feedback.admin.desk.page_paths import PagePathsAdmin
from feedback.admin.desk.reading import link_contact
from feedback.desk.acts.catalogue import find_act, list_possible
from feedback.desk.dialogue import list_turns
from feedback.desk.drafts import drop_draft, split_drafts
from feedback.desk.duplicates import describe_merging
from feedback.desk.neighbours import find_next_due
from feedback.desk.similar import list_similar
from feedback.desk.undo import find_step, perform_act
from feedback.models import Publication
from feedback.models.workflow.states import PUBLIC


class PageAdmin(PagePathsAdmin):
    """Shows one suggestion and performs the acts of feedback/desk/acts/."""

    def get_urls(self):
        address = "<int:key>/act/<slug:name>/"
        act = self.page_path(address, self.act_view, "act", FORM, keeps_entries=True)
        return [act, *super().get_urls()]

    def changelist_view(self, request, extra_context=None):
        came_from_act = len(messages.get_messages(request)) > 0
        step = find_step(request.user) if came_from_act else None
        return super().changelist_view(request, describe_step(step) | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in SAFE:
            return HttpResponseNotAllowed(SAFE)
        suggestion = self.find_suggestion(request, object_id)
        if suggestion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.show(request, suggestion)

    def act_view(self, request, key, name):
        """The page with one act open; POST performs it."""
        suggestion = self.find_suggestion(request, str(key))
        if suggestion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))
        if not self.has_change_permission(request, suggestion):
            raise PermissionDenied
        act_class = find_act(name)
        if act_class is None:
            raise Http404
        if request.method != "POST":
            return self.show(request, suggestion, opened=act_class)
        if "_discard" in request.POST:
            drop_draft(suggestion, request.user, name)
            return redirect(self.address_of(request, suggestion))
        act = act_class(suggestion, request.user, request.POST, request.FILES)
        if request_state(request).is_review:
            self.message_user(request, NOT_SAVED, messages.WARNING)
        elif not act.prepare() and self.perform(act):
            return self.leave(request, act)
        return self.show(request, suggestion, act)

    # Acts ---------------------------------------------------------------------------------------

    def perform(self, act):
        """Whether the act was valid and is performed; otherwise its form says why not.

        A form that is sent again because its answer did not arrive is performed once.
        """
        with transaction.atomic():
            if not act.is_valid():
                return False
            if act.is_repeated:
                return True
            try:
                perform_act(act)
            except ValidationError as error:
                act.add_error(None, error)
                return False
            drop_draft(act.suggestion, act.staff, act.name())
        return True

    def leave(self, request, act):
        """Say what was done and open the page where the work goes on."""
        self.log_change(request, act.suggestion, act.label)
        self.report_act(request, act)
        following = act.suggestion
        if act.is_closing:
            following = find_next_due(self.list_filtered(request), act.suggestion)
        elif not self.may_read(request, act.suggestion):
            following = None
        return self.open_or_list(request, following)

    def report_act(self, request, act):
        """Show messages about the act and about what remains to be done."""
        suggestion = act.suggestion
        self.message_user(request, f"{suggestion}: {act.kind.label.lower()}.", messages.SUCCESS)
        if not self.may_read(request, suggestion):
            text = "Теперь его читают только сотрудники с особым правом, у вас такого права нет."
            if not suggestion.is_restricted:
                text = "Теперь за него отвечает другой сотрудник, вам оно больше не видно."
            self.message_user(request, text, messages.WARNING)
        if copy := Publication.objects.lacking_answer().filter(suggestion=suggestion).first():
            url = reverse("admin:feedback_publication_change", args=[copy.pk])
            text = format_html('В <a href="{}">публичном ответе</a> этих слов нет: внесите.', url)
            self.message_user(request, text, messages.WARNING)

    # The page -----------------------------------------------------------------------------------

    def show(self, request, suggestion, sent=None, opened=None):
        """The page; `sent` is the form of an act that was not performed, `opened` a class."""
        draft, present = split_drafts(suggestion, request.user)
        turns = list_turns(suggestion)
        context = {
            **self.admin_site.each_context(request),
            "acts": list_forms(suggestion, request.user, draft, sent),
            "open_act": sent.name() if sent else opened.name() if opened else "",
            "sent": sent,
            "draft": draft,
            "present": present,
            "seen": turns[-1].event.position if turns else 0,
            "title": f"Предложение {suggestion}",
            "opts": self.opts,
            "media": self.media,
            "original": suggestion,
            "suggestion": suggestion,
            "turns": turns,
            "contact_link": suggestion.email and link_contact(suggestion, request.user),
            "similar": list_similar(suggestion, request.user),
            **describe_merging(suggestion, request.user, [turn.event for turn in turns]),
            "publication": find_publication(request.user, suggestion),
            "preserved_filters": self.get_preserved_filters(request),
            **describe_step(find_step(request.user, suggestion)),
        }
        template = "admin/feedback/suggestion/change_form.html"
        response = TemplateResponse(request, template, context)
        return make_private(response, holds_form=True)


def describe_step(step):
    """What the page says of the act that can still be undone, if there is one."""
    return {"undo_step": step, "undo_label": step and find_act(step.act).label}


def list_forms(suggestion, user, draft, sent):
    """The forms that the page shows: those allowed now, and those that hold somebody's words."""
    possible = list_possible(suggestion, user)
    drafts = draft.by_act if draft else {}
    written = [act for name in drafts if (act := find_act(name)) and act not in possible]
    forms = [
        make_form(act, suggestion, user, drafts, sent, is_allowed=act in possible)
        for act in (*written, *possible)
    ]
    if sent and not any(form is sent for form in forms):
        forms.insert(0, sent)
    return forms


def make_form(act, suggestion, user, drafts, sent, *, is_allowed):
    """The form that was sent, or a new one with what was written before."""
    if isinstance(sent, act):
        return sent
    form = act(suggestion, user, initial=drafts.get(act.name(), {}))
    form.has_draft = act.name() in drafts
    form.objection = "" if is_allowed else suggestion.why_not_allowed(act.kind, user)
    return form


def find_publication(user, suggestion):
    """{"copy": the public answer or None, "may_add": bool}, {} without the permission."""
    if not may_view(user, Publication):
        return {}
    copy = getattr(suggestion, "publication", None)
    is_allowed = suggestion.may_publish and not suggestion.is_restricted
    return {"copy": copy, "may_add": is_allowed and suggestion.status in PUBLIC}
