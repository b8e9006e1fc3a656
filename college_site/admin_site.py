"""The admin as the college's staff see it: its name, the order of its rooms, its language."""

from functools import wraps

from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import BadRequest
from django.core.validators import MaxLengthValidator
from django.views.i18n import JavaScriptCatalog

from college_site.context_processors import current_college
from college_site.password_guessing import remember

ROOMS = ("news", "feedback", "college_site", "auth")


class LoginForm(AdminAuthenticationForm):
    """Django's, with a limit that its browser side has and its server side does not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.validators.append(MaxLengthValidator(username.max_length))


class PortalAdminSite(admin.AdminSite):
    """Named after the college; its rooms stand in the order of daily work."""

    site_title = "Портал колледжа"
    index_title = "Рабочий стол"
    login_form = LoginForm
    enable_nav_sidebar = False  # lists with pictures and filters need the width

    def admin_view(self, view, cacheable=False):
        """Refuse NUL in an address: filters pass it on to PostgreSQL, which knows no such text."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def checked(request, *args, **kwargs):
            if any("\0" in value for _, values in request.GET.lists() for value in values):
                raise BadRequest("NUL in the address")
            return inner(request, *args, **kwargs)

        return checked

    def login(self, request, extra_context=None):
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated:
            remember(request, response, request.user.get_username())
        return response

    def each_context(self, request):
        name = str(current_college(request))
        return {**super().each_context(request), "site_header": name, "site_title": name}

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        return sorted(apps, key=lambda app: room_order(app["app_label"]))


def room_order(app_label):
    return ROOMS.index(app_label) if app_label in ROOMS else len(ROOMS)


class AdminJavaScriptCatalog(JavaScriptCatalog):
    """The admin's catalogue of translations together with ours for the rich-text editor."""

    packages = ["django.contrib.admin", "college_site"]
