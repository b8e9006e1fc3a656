"""The destruction of personal data in the admin: confirmed, at once, with papers to sign."""

import re

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from college_site.accounts.staff_permissions import is_permitted
from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.http.responses import make_private
from college_site.sqlite_copy.log import destroy_remains
from feedback.erasure.acts import folder, write_papers
from feedback.erasure.purge import Reason, erase, erase_contact

PAPER = re.compile(r"(akt|vypiska)-[0-9-]{24,40}\.pdf")
MOST = 100  # at once, in a request


class ErasureAdmin(PortalModelAdmin):
    """What SuggestionAdmin offers to those who may destroy data."""

    def get_urls(self):
        paper = self.page_path("papers/<str:name>", self.send_paper, "paper")
        return [paper, *super().get_urls()]

    def has_purge_permission(self, request):
        may_purge = is_permitted(request.user, "feedback.purge_suggestion")
        return may_purge and self.has_view_permission(request)

    @admin.action(description="Уничтожить личные данные…", permissions=["purge"])
    def purge_selected(self, request, queryset):
        words = "тексты, переписка, файлы, адреса почты, письма, публичные ответы с поддержкой"
        return self.destroy(
            request, queryset, words, lambda row: erase(row, Reason.DEMAND, request.user)
        )

    @admin.action(description="Стереть адрес почты автора…", permissions=["purge"])
    def erase_contacts(self, request, queryset):
        words = "адреса электронной почты и согласия; тексты и ответы останутся"
        return self.destroy(request, queryset, words, lambda row: erase_contact(row, request.user))

    def destroy(self, request, queryset, words, destroy):
        """Ask first; then destroy and say where the papers are."""
        rows = list(queryset[: MOST + 1])
        if len(rows) > MOST:
            self.message_user(request, f"Выберите не больше {MOST} за один раз.", messages.ERROR)
            return None
        if request.POST.get("confirmed") != "yes":
            context = {
                **self.admin_site.each_context(request),
                "title": "Уничтожить безвозвратно?",
                "opts": self.opts,
                "rows": rows,
                "words": words,
                "action": request.POST.get("action"),
            }
            return render(request, "admin/feedback/suggestion/purge.html", context)
        events = [event for row in rows if (event := destroy(row))]
        self.tell(request, events)
        return redirect(request.get_full_path())

    def tell(self, request, events):
        if not events:
            self.message_user(request, "Уничтожать было нечего.", messages.WARNING)
            return
        person = request.user.get_full_name() or request.user.get_username()
        names = [file.name for file in write_papers(events, connection.vendor, person)]
        links = [(reverse("admin:feedback_suggestion_paper", args=[name]), name) for name in names]
        text = format_html_join(", ", '<a href="{}">{}</a>', links)
        said = f"Уничтожено: {len(events)}. Подпишите и храните три года: "
        self.message_user(request, format_html("{}{}", said, text), messages.SUCCESS)
        if not destroy_remains():
            text = "Журнал SQLite ещё занят: попросите хранителя выполнить manage.py purge."
            self.message_user(request, text, messages.WARNING)

    def send_paper(self, request, name):
        if not self.has_purge_permission(request):
            raise PermissionDenied
        file = folder() / name
        if not PAPER.fullmatch(name) or not file.is_file():
            raise Http404
        response = FileResponse(file.open("rb"), as_attachment=True, filename=name)
        return make_private(response)
