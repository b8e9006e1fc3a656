"""The page of one suggestion: the dialogue, beside it what may be done."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.admin_site.review import NOT_SAVED
from college_site.http.request_state import request_state
from college_site.http.responses import make_private
from feedback.admin.desk.reading import link_contact
from feedback.desk.acts import find_act, list_possible
from feedback.desk.dialogue import list_turns
from feedback.desk.similar import list_similar
from feedback.models import Publication, Suggestion
from feedback.models.workflow.states import PUBLIC

METHODS = ("GET", "HEAD", "POST")
RELATED = ("topic", "responsible", "consent", "publication")


class PageAdmin(PortalModelAdmin):
    """Shows one suggestion and performs the acts of feedback/desk/acts.py."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        own = [path("<int:key>/act/<slug:name>/", view, name="feedback_suggestion_act")]
        return [*own, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method not in METHODS[:2]:
            return HttpResponseNotAllowed(METHODS[:2])
        suggestion = self.find_suggestion(request, object_id)
        if suggestion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        return self.show(request, suggestion)

    def act_view(self, request, key, name):
        """The page with one act open; POST performs it."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        suggestion = self.find_suggestion(request, str(key))
        if suggestion is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, str(key))
        if not self.has_change_permission(request, suggestion):
            raise PermissionDenied
        act_class = find_act(name)
        if act_class is None:
            raise Http404
        if request.method != "POST":
            return self.show(request, suggestion, act_class(suggestion, request.user))
        act = act_class(suggestion, request.user, request.POST, request.FILES)
        if request_state(request).is_review:
            self.message_user(request, NOT_SAVED, messages.WARNING)
        elif self.perform(act):
            return self.leave(request, act)
        return self.show(request, suggestion, act)

    def find_suggestion(self, request, object_id):
        """The suggestion that the user may read, or None; its reading is recorded."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        readable = self.get_queryset(request).select_related(*RELATED)
        try:
            suggestion = readable.get(pk=object_id)
        except (Suggestion.DoesNotExist, ValueError):
            return None
        suggestion.note_restricted(request.user)
        return suggestion

    def perform(self, act):
        """Whether the act was valid and is performed; otherwise its form says why not."""
        with transaction.atomic():
            if not act.is_valid():
                return False
            try:
                with transaction.atomic():
                    act.perform()
            except ValidationError as error:
                act.add_error(None, error)
                return False
        return True

    def leave(self, request, act):
        """Say what was done and open the page where the work goes on."""
        self.log_change(request, act.suggestion, act.label)
        self.report_act(request, act)
        if not self.may_read(request, act.suggestion):
            return redirect("admin:feedback_suggestion_changelist")
        return redirect(self.address_of(request, act.suggestion))

    def report_act(self, request, act):
        """Show messages about the act and about what remains to be done."""
        suggestion = act.suggestion
        text = f"{suggestion}: {act.kind.label.lower()}."
        self.message_user(request, text, messages.SUCCESS)
        if not self.may_read(request, suggestion):
            text = "Теперь его читают только сотрудники с особым правом, у вас такого права нет."
            if not suggestion.is_restricted:
                text = "Теперь за него отвечает другой сотрудник, вам оно больше не видно."
            self.message_user(request, text, messages.WARNING)
        if copy := Publication.objects.lacking_answer().filter(suggestion=suggestion).first():
            url = reverse("admin:feedback_publication_change", args=[copy.pk])
            text = format_html('В <a href="{}">публичном ответе</a> этих слов нет: внесите.', url)
            self.message_user(request, text, messages.WARNING)

    def may_read(self, request, suggestion):
        return self.get_queryset(request).filter(pk=suggestion.pk).exists()

    def address_of(self, request, suggestion):
        """The address of its page, which remembers the filters of the list."""
        address = reverse("admin:feedback_suggestion_change", args=[suggestion.pk])
        filters = self.get_preserved_filters(request)
        return f"{address}?{filters}" if filters else address

    def show(self, request, suggestion, open_act=None):
        """The page; `open_act` is the form of the act that was opened or sent in vain."""
        context = {
            **self.admin_site.each_context(request),
            **self.list_acts(request, suggestion, open_act),
            "title": f"Предложение {suggestion}",
            "opts": self.opts,
            "media": self.media,
            "original": suggestion,
            "suggestion": suggestion,
            "turns": list_turns(suggestion),
            "contact_link": suggestion.email and link_contact(suggestion, request.user),
            "similar": list_similar(suggestion, request.user),
            "publication": self.find_publication(request, suggestion),
            "preserved_filters": self.get_preserved_filters(request),
        }
        template = "admin/feedback/suggestion/change_form.html"
        response = TemplateResponse(request, template, context)
        return make_private(response, holds_form=True)

    def list_acts(self, request, suggestion, open_act):
        """The forms that the page shows; what was sent stays even if it is not allowed any more."""
        possible = list_possible(suggestion, request.user)
        forms = [
            open_act if isinstance(open_act, act) else act(suggestion, request.user)
            for act in possible
        ]
        if open_act and type(open_act) not in possible:
            forms.insert(0, open_act)
        return {"acts": forms, "open_act": open_act}

    def find_publication(self, request, suggestion):
        """{"copy": the public answer or None, "may_add": bool}, {} without the permission."""
        if not may_view(request.user, Publication):
            return {}
        copy = getattr(suggestion, "publication", None)
        is_allowed = suggestion.may_publish and not suggestion.is_restricted
        return {"copy": copy, "may_add": is_allowed and suggestion.status in PUBLIC}
