"""The pages «Вход в два шага»: an app, passkeys and recovery codes of the own account."""

import base64
import io
import math
from functools import partial, wraps

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from college_site.accounts import second_factors
from college_site.accounts.login_throttling import remember_browser
from college_site.accounts.second_step import has_factor, is_required, is_verified
from college_site.admin_site.account_events import record_event
from college_site.admin_site.second_factor import passkeys
from college_site.admin_site.second_factor.login_steps import find_missing_step, keep_next
from college_site.admin_site.second_factor.proof_forms import (
    ConfirmationForm,
    FirstCodeForm,
    describe,
)

OVERVIEW = "admin:second_factor"
READ = ["GET", "HEAD"]
SEND = ["POST"]
NAME_LENGTH = 64
FREE_TRIES = 2  # after them the wait is longer than it takes to type the next code
WRONG_FIRST_CODE = (
    "Код не подошёл. Проверьте, что на телефоне верное время, и введите тот код, который "
    "приложение показывает сейчас."
)


def list_urls(site):
    own = partial(own_page, site)
    passkey = "second-factor/passkeys/<int:number>"
    return [
        path("second-factor/", own(overview, READ), name="second_factor"),
        path("second-factor/app/", own(app, READ + SEND), name="second_factor_app"),
        path("second-factor/app/qr.svg", own(app_qr, READ), name="second_factor_app_qr"),
        path(
            "second-factor/app/remove/",
            own(app_remove, READ + SEND),
            name="second_factor_app_remove",
        ),
        path("second-factor/codes/", own(codes, READ + SEND), name="second_factor_codes"),
        path(f"{passkey}/name/", own(passkey_name, SEND), name="second_factor_passkey_name"),
        path(
            f"{passkey}/remove/",
            own(passkey_remove, READ + SEND),
            name="second_factor_passkey_remove",
        ),
    ]


def own_page(site, view, methods):
    """A page for staff, also without a second factor, but not before the second step."""

    @never_cache
    @csrf_protect
    @require_http_methods(methods)
    @wraps(view)
    def checked(request, *args, **kwargs):
        user = request.user
        missing = find_missing_step(user)
        if not (user.is_active and user.is_staff):
            missing = reverse("admin:login")
        if missing not in ("", reverse(OVERVIEW)):
            return redirect(missing + keep_next(request.path))
        return view(site, request, *args, **kwargs)

    return checked


def show(site, request, template, title, **context):
    context = {**site.each_context(request), "title": title, **context}
    return render(request, f"admin/second_factor/{template}.html", context)


def overview(site, request):
    user = request.user
    return show(
        site,
        request,
        "overview",
        "Вход в два шага",
        is_required=is_required(),
        app=second_factors.get_app(user),
        passkeys=second_factors.list_passkeys(user),
        code_count=second_factors.count_recovery_codes(user),
        passkey_addresses=passkeys.list_addresses(request),
    )


# The app ------------------------------------------------------------------------------------------


def app(site, request):
    """The secret of a new app, and the first code that shows that it works."""
    if second_factors.get_app(request.user):
        return redirect(OVERVIEW)
    device = second_factors.offer_app(request.user)
    form = FirstCodeForm(request.POST or None)
    if form.is_valid():
        if second_factors.confirm_app(device, form.cleaned_data["code"]):
            return welcome(site, request, second_factors.get_app(request.user))
        form.add_error("code", explain_first_code(device))
    secret = base64.b32encode(device.bin_key).decode()
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    context = {"form": form, "secret": " ".join(groups), "device": device}
    return show(site, request, "app", "Приложение с кодами", **context)


def explain_first_code(device):
    """Why the first code is refused: after a wrong one the next is looked at some seconds later."""
    device.refresh_from_db()
    _, wait = device.verify_is_allowed()
    if wait and wait["failure_count"] > FREE_TRIES:
        seconds = math.ceil((wait["locked_until"] - timezone.now()).total_seconds())
        return f"Слишком много неверных кодов. Подождите {describe(seconds)}."
    return WRONG_FIRST_CODE


def welcome(site, request, device):
    """The new app counts as shown; the recovery codes are shown with it if there are none yet."""
    record_event(request, request.user, "добавлено приложение")
    if not is_verified(request.user):
        second_factors.complete_second_step(request, device)
    messages.success(request, "Приложение подключено: при входе сайт спросит код из него.")
    if second_factors.count_recovery_codes(request.user):
        response = redirect(OVERVIEW)
    else:
        response = show_new_codes(site, request)
    remember_browser(request, response, request.user.get_username())
    return response


def app_qr(site, request):
    """The secret of the app that is being set up, for the camera of a telephone."""
    if second_factors.get_app(request.user):
        return redirect(OVERVIEW)
    image = io.BytesIO()
    code = segno.make(second_factors.offer_app(request.user).config_url, error="m", micro=False)
    code.save(image, "svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    return HttpResponse(image.getvalue(), content_type="image/svg+xml")


def app_remove(site, request):
    device = second_factors.get_app(request.user)
    if device is None:
        return redirect(OVERVIEW)
    return confirm_and_remove(site, request, device, "Отключить приложение", "отключено приложение")


# Passkeys -----------------------------------------------------------------------------------------


def passkey_name(site, request, number):
    passkey = get_object_or_404(second_factors.list_passkeys(request.user), pk=number)
    name = " ".join(request.POST.get("name", "").replace("\0", "").split())[:NAME_LENGTH]
    if name:
        passkey.name = name
        passkey.save(update_fields=["name"])
        messages.success(request, "Название ключа сохранено.")
    return redirect(OVERVIEW)


def passkey_remove(site, request, number):
    passkey = get_object_or_404(second_factors.list_passkeys(request.user), pk=number)
    title = f"Удалить ключ «{passkey.name}»"
    return confirm_and_remove(site, request, passkey, title, "удалён ключ доступа")


def confirm_and_remove(site, request, device, title, event):
    form = ConfirmationForm(request, request.POST or None)
    if not form.is_valid():
        return show(site, request, "confirmation", title, form=form, button=title)
    second_factors.remove_device(device)
    record_event(request, request.user, event)
    messages.success(request, f"Вход в два шага: {event}.")
    return redirect(OVERVIEW)


# Recovery codes -----------------------------------------------------------------------------------


def codes(site, request):
    if not has_factor(request.user):
        return redirect(OVERVIEW)
    form = ConfirmationForm(request, request.POST or None)
    if not form.is_valid():
        has_codes = second_factors.count_recovery_codes(request.user) > 0
        button = "Сделать новые коды" if has_codes else "Сделать коды"
        return show(site, request, "confirmation", "Коды восстановления", form=form, button=button)
    return show_new_codes(site, request)


def show_new_codes(site, request):
    """The codes, this once: only their hashes are stored."""
    made = second_factors.make_recovery_codes(request.user)
    record_event(request, request.user, "сделаны коды восстановления")
    return show(site, request, "codes", "Коды восстановления", codes=made)
