"""The register of a year as a file, for those who may export it."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone

from college_site.accounts.staff_permissions import is_permitted
from college_site.admin_site.model_admin import FORM, PortalModelAdmin
from college_site.http.responses import make_private
from feedback.admin.desk.reading import may_view_contact
from feedback.desk.register_export import find_rows, iterate_csv, list_cells, make_workbook
from feedback.models import Event, Register

MOST_CONTACTS = 500  # each is an event of the history
FORMATS = {"xlsx": "XLSX для Excel", "csv": "CSV"}


class ExportForm(forms.Form):
    """`user` is the member of staff; the cleaned `rows` are the suggestions to export."""

    year = forms.ChoiceField(label="Год")
    format = forms.ChoiceField(label="Вид", choices=FORMATS)
    with_contacts = forms.BooleanField(
        label="С адресами почты",
        required=False,
        help_text="Чтение каждого адреса останется в истории под вашим именем.",
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        years = [*Register.objects.order_by("-year").values_list("year", flat=True)]
        years = years or [timezone.localdate().year]
        self.fields["year"].choices = [(str(year), str(year)) for year in years]
        if not may_view_contact(user):
            del self.fields["with_contacts"]

    def clean(self):
        data = super().clean()
        if "year" not in data:
            return data
        data["rows"] = find_rows(int(data["year"]), self.user)
        addresses = data["rows"].exclude(email="")
        if data.get("with_contacts") and addresses.count() > MOST_CONTACTS:
            raise ValidationError(
                f"Адресов больше {MOST_CONTACTS}: выгрузите журнал без них и откройте нужные."
            )
        return data

    def note_readings(self):
        for row in self.cleaned_data["rows"].exclude(email=""):
            row.note_reading(Event.Kind.CONTACT_READ, self.user)


class RegisterExportAdmin(PortalModelAdmin):
    def get_urls(self):
        register = self.page_path("register/", self.export_register, "register", FORM)
        return [register, *super().get_urls()]

    def has_export_permission(self, request):
        may_export = is_permitted(request.user, "feedback.export_suggestion")
        return may_export and self.has_view_permission(request)

    def export_register(self, request):
        """The form; after POST the file, since reading addresses is recorded."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        form = ExportForm(request.user, request.POST if request.method == "POST" else None)
        if form.is_valid():
            return make_private(send_register(form))
        context = {
            **self.admin_site.each_context(request),
            "title": "Журнал предложений файлом",
            "opts": self.opts,
            "form": form,
        }
        return render(request, "admin/feedback/suggestion/register.html", context)


def send_register(form):
    data = form.cleaned_data
    with_contacts = data.get("with_contacts", False)
    if with_contacts:
        form.note_readings()
    cells = list_cells(data["rows"], with_contacts=with_contacts)
    name = f"predlozheniya-{data['year']}.{data['format']}"
    if data["format"] == "xlsx":
        return FileResponse(make_workbook(cells), as_attachment=True, filename=name)
    response = StreamingHttpResponse(iterate_csv(cells), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
