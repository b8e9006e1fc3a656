"""The admin as the college's staff see it: its name, the order of its rooms, its language."""

import math
from functools import partial, wraps

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth import login
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.i18n import JavaScriptCatalog

from college_site.accounts.login_recovery import (
    REVIEW,
    file_names,
    is_admin_form_post,
    recoverable_entries,
)
from college_site.accounts.login_throttling import lock_seconds, remember_browser
from college_site.accounts.second_step import awaits_code, lacks_factor
from college_site.admin_site.second_factor.login_steps import find_missing_step
from college_site.admin_site.second_factor.proof_forms import CodeForm
from college_site.admin_site.second_factor.second_step import SecondStepSite, describe_passkeys
from college_site.guide.views import list_urls as list_guide_urls
from college_site.http.request_state import request_state
from college_site.http.same_origin import require_same_origin
from college_site.pages.context_processors import current_college
from college_site.registry import registry
from college_site.status.views import list_status_panels, status_page
from college_site.templatetags.typography import plural

# The rooms in the order of daily work, and what stands in them likewise.
ROOMS = {
    "news": ["Post", "Topic", "Partner"],
    "feedback": [
        "Suggestion",
        "Publication",
        "PreparedAnswer",
        "SuggestionTopic",
        "Consent",
        "Mail",
        "StaffMail",
        "RateLimitSpan",
    ],
    "college_site": ["College"],
    "auth": ["User", "Group"],
}


ALLOWED_METHODS = ("GET", "HEAD", "POST", "OPTIONS")


class LoginForm(AdminAuthenticationForm):
    """Django's, with a limit that its browser side has and its server side does not.

    It says how long to wait where no more passwords are looked at.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.validators.append(MaxLengthValidator(username.max_length))

    def get_invalid_login_error(self):
        if not getattr(self.request, "axes_locked_out", False):
            return super().get_invalid_login_error()
        wait = plural(math.ceil(lock_seconds(self.request) / 60), "минуту,минуты,минут")
        return ValidationError(
            f"Слишком много неверных паролей. Подождите {wait}: раньше сайт не примет и правильный "
            "пароль.",
            code="locked",
        )


class PortalAdminSite(SecondStepSite, admin.AdminSite):
    """Named after the college; its rooms stand in the order of daily work."""

    site_title = "Портал колледжа"
    index_title = "Рабочий стол"
    login_form = LoginForm
    enable_nav_sidebar = False  # lists with pictures and filters need the width

    def admin_view(self, view, cacheable=False):
        """Refuse NUL in an address: filters pass it on to PostgreSQL, which knows no such text.

        A form sent without a login is shown again with a login form in it, so that nothing is lost.
        """
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if request.method not in ALLOWED_METHODS:
                return HttpResponseNotAllowed(ALLOWED_METHODS)
            if any("\0" in value for _, values in request.GET.lists() for value in values):
                raise BadRequest("NUL in the address")
            missing = find_missing_step(request.user)
            if not is_admin_form_post(request):
                if missing:
                    return self.continue_login(request, missing, view)
                return inner(request, *args, **kwargs)
            request_state(request).is_review = REVIEW in request.POST
            show_form = partial(inner, request, *args, **kwargs)
            if missing:
                return self.verify_and_review(request, show_form)
            if request.user.is_authenticated:
                return show_form()
            return self.log_in_and_review(request, show_form)

        return checked

    def log_in_and_review(self, request, show_form):
        """The form as it was sent, unsaved, once its page brings a valid login."""
        sent = request.POST if "login-username" in request.POST else None
        form = LoginForm(request, sent, prefix="login")
        if not form.is_valid():
            return self.keep_entries(request, form)
        login(request, form.get_user())
        if find_missing_step(request.user):
            return self.verify_and_review(request, show_form)
        request_state(request).is_review = True
        response = show_form()
        remember_browser(request, response, request.user.get_username())
        return response

    def get_urls(self):
        """Without /admin/r/…, which tells all staff the address of any row, also of a draft."""
        urls = [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]
        return [
            path("status/", self.admin_view(self.status), name="status"),
            *list_guide_urls(self),
            *urls,
        ]

    def status(self, request):
        return status_page(request, self.each_context(request))

    def autocomplete_view(self, request):
        return DeclaredAutocompleteView.as_view(admin_site=self)(request)

    def get_log_entries(self, request):
        """Only entries about rows that the user may view: an entry bears the name of its row."""
        kinds = ContentType.objects.get_for_models(*self._registry)
        viewed = Q(pk__in=[])
        for model, model_admin in self._registry.items():
            if model_admin.has_view_permission(request):
                of_model = Q(content_type=kinds[model])
                if not model_admin.sees_every_row(request):
                    rows = model_admin.get_queryset(request).order_by()
                    keys = rows.annotate(key=Cast("pk", TextField())).values("key")
                    of_model &= Q(object_id__in=keys)
                viewed |= of_model
        return super().get_log_entries(request).filter(viewed)

    def logout(self, request, extra_context=None):
        """Tell the page who has logged out, whose unsent texts its script removes."""
        former_user = {"former_user": request.user.pk or ""}
        return super().logout(request, {**former_user, **(extra_context or {})})

    def on_csrf_failure(self, request):
        """The answer to a form of a row whose token is of an earlier login."""
        require_same_origin(request)
        if not request.user.is_authenticated:
            form = LoginForm(request, prefix="login")
        else:
            form = CodeForm(request, prefix="login") if awaits_code(request.user) else None
        return self.keep_entries(request, form)

    @method_decorator(never_cache)
    def keep_entries(self, request, form):
        """A page that sends everything again; with the login in `form`, if there is one."""
        context = {
            **self.each_context(request),
            "has_permission": False,
            "title": "Написанное не потеряно",
            "form": form,
            "asks_code": isinstance(form, CodeForm),
            "lacks_factor": request.user.is_authenticated and lacks_factor(request.user),
            **describe_passkeys(request, is_staying=True),
            "entries": recoverable_entries(request),
            "files": file_names(request),
        }
        return render(request, "admin/login_recovery.html", context, status=403)

    def each_context(self, request):
        name = str(current_college(request))
        return {**super().each_context(request), "site_header": name, "site_title": name}

    def index(self, request, extra_context=None):
        functions = [*registry.desk_panels, list_status_panels]
        panels = [panel for list_panels in functions for panel in list_panels(request)]
        return super().index(request, {"panels": panels, **(extra_context or {})})

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            models = ROOMS.get(app["app_label"], [])
            app["models"] = in_order(app["models"], "object_name", models)
        return in_order(apps, "app_label", list(ROOMS))


class DeclaredAutocompleteView(AutocompleteJsonView):
    """Offers rows for the fields that an admin declares in `autocomplete_fields`, for no others."""

    def process_request(self, request):
        found = super().process_request(request)
        *_, field, _ = found
        if (field.model, field.name) not in self.declared_fields():
            raise PermissionDenied
        return found

    def get_queryset(self):
        """The rows that the admin offers to other forms, instead of those of its list."""
        rows = self.model_admin.get_choices(self.request)
        rows = rows.complex_filter(self.source_field.get_limit_choices_to())
        rows, may_repeat = self.model_admin.get_search_results(self.request, rows, self.term)
        return rows.distinct() if may_repeat else rows

    def declared_fields(self):
        for model_admin in self.admin_site._registry.values():
            for part in (model_admin, *model_admin.inlines):
                for name in part.autocomplete_fields:
                    yield part.model, name


def in_order(entries, key, names):
    """The entries in the order that `names` gives what they bear under `key`, unknown ones last."""
    places = {name: place for place, name in enumerate(names)}
    return sorted(entries, key=lambda entry: places.get(entry[key], len(names)))


class AdminJavaScriptCatalog(JavaScriptCatalog):
    """The admin's catalogue of translations together with ours for the rich-text editor."""

    packages = ["django.contrib.admin", "college_site"]
