"""The second step of a login to the admin: its page, and what it does to a form that was sent."""

from django.contrib import messages
from django.contrib.auth.views import RedirectURLMixin
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.generic import View
from django_otp.plugins.otp_static.models import StaticDevice

from college_site.accounts.login_throttling import remember_browser
from college_site.accounts.second_factors import (
    complete_second_step,
    count_recovery_codes,
    list_passkeys,
)
from college_site.accounts.second_step import awaits_code, lacks_factor
from college_site.accounts.staff_permissions import is_staff_today
from college_site.admin_site.second_factor import pages as second_factor
from college_site.admin_site.second_factor import passkeys
from college_site.admin_site.second_factor.login_steps import find_missing_step, keep_next
from college_site.admin_site.second_factor.proof_forms import CodeForm
from college_site.http.request_state import request_state
from college_site.templatetags.typography import plural


class SecondStepSite:
    """An AdminSite that lets in only whose login is complete."""

    def has_permission(self, request):
        return is_staff_today(request.user)

    def get_urls(self):
        step = never_cache(csrf_protect(SecondStepView.as_view(site=self)))
        return [
            path("second-step/", step, name="second_step"),
            *second_factor.list_urls(self),
            *passkeys.list_urls(),
            *super().get_urls(),
        ]

    def login(self, request, extra_context=None):
        """Lead who has shown only the password to the second step; remember complete logins."""
        if request.method == "GET" and (address := find_missing_step(request.user)):
            return redirect(address + keep_next(request.GET.get("next")))
        response = super().login(request, extra_context)
        if request.method == "POST" and self.has_permission(request):
            remember_browser(request, response, request.user.get_username())
        return response

    def continue_login(self, request, address, view):
        """The answer to a request of the admin by somebody whose login is not complete."""
        if view == self.logout:
            return self.logout(request)
        return redirect(address + keep_next(request.get_full_path()))

    def verify_and_review(self, request, show_form):
        """The form as it was sent, unsaved, once its page brings the code."""
        if lacks_factor(request.user):
            return self.keep_entries(request, None)
        sent = request.POST if "login-code" in request.POST else None
        form = CodeForm(request, sent, prefix="login")
        if not form.is_valid():
            return self.keep_entries(request, form)
        complete_second_step(request, form.device)
        request_state(request).is_review = True
        response = show_form()
        remember_browser(request, response, request.user.get_username())
        return response


def describe_passkeys(request, *, is_staying=False):
    """What a page needs that offers to log in with a passkey of the user."""
    user = request.user
    return {
        "has_passkeys": awaits_code(user) and list_passkeys(user).exists(),
        "passkey_addresses": passkeys.list_addresses(request, is_staying=is_staying),
    }


class SecondStepView(RedirectURLMixin, View):
    """Asks for a code, or for a passkey, of an account that has one."""

    site = None
    http_method_names = ["get", "head", "post"]
    next_page = "admin:index"

    @method_decorator(never_cache)
    def dispatch(self, request, *args, **kwargs):
        if not (request.user.is_active and request.user.is_staff):
            return redirect(reverse("admin:login") + keep_next(request.GET.get("next")))
        if not awaits_code(request.user):
            return redirect(self.get_success_url())
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.show(CodeForm(request))

    def post(self, request):
        form = CodeForm(request, request.POST)
        if not form.is_valid():
            return self.show(form)
        complete_second_step(request, form.device)
        if isinstance(form.device, StaticDevice):
            left = plural(count_recovery_codes(request.user), "код,кода,кодов")
            messages.warning(request, f"Код восстановления использован. Осталось: {left}.")
        response = redirect(self.get_success_url())
        remember_browser(request, response, request.user.get_username())
        return response

    def show(self, form):
        context = {
            **self.site.each_context(self.request),
            "title": "Второй шаг входа",
            "form": form,
            "next": self.get_redirect_url(),
            **describe_passkeys(self.request),
        }
        return render(self.request, "admin/second_factor/step.html", context)
