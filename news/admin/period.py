"""The events of a period in the admin: a page to print and a workbook."""

import datetime

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from college_site.russian.academic_year import AcademicYear
from college_site.templatetags.typography import full_date
from news.admin.secondary_views import admin_view
from news.period_report.events import list_events
from news.period_report.workbook import make_workbook

MOST_DAYS = 3660
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PeriodForm(forms.Form):
    start = forms.DateField(
        label="С", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    end = forms.DateField(
        label="по", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def clean(self):
        data = super().clean()
        start, end = data.get("start"), data.get("end")
        if start and end and end < start:
            raise ValidationError("Последний день раньше первого: поменяйте их местами.")
        if start and end and (end - start).days > MOST_DAYS:
            raise ValidationError("Не больше десяти лет за один раз: сократите период.")
        return data


def list_urls(model_admin):
    """The addresses under those of PostAdmin."""
    return [
        path("events/", admin_view(model_admin, show_events), name="news_post_events"),
        path("events.xlsx", admin_view(model_admin, send_workbook), name="news_post_events_file"),
    ]


def show_events(model_admin, request):
    form = read_period(model_admin, request)
    return render_events(model_admin, request, form)


def send_workbook(model_admin, request):
    """The workbook; for a wrong period the page that says what is wrong."""
    form = read_period(model_admin, request)
    if not form.is_valid():
        return render_events(model_admin, request, form)
    start, end = form.cleaned_data["start"], form.cleaned_data["end"]
    content = make_workbook(list_events(start, end), tell_period(start, end))
    response = HttpResponse(content, content_type=XLSX)
    name = f"meropriyatiya-{start}-{end}.xlsx"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def read_period(model_admin, request):
    """The form with the period of the address, or with the academic year of today."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    is_sent = {"start", "end"} & request.GET.keys()
    return PeriodForm(request.GET if is_sent else list_periods()[0])


def list_periods():
    """The periods that the page offers: academic and calendar years, the current one first."""
    today = timezone.localdate()
    year = AcademicYear.of(today)
    periods = [
        (each.label, each.first_day, each.day_after - datetime.timedelta(days=1))
        for each in (year, AcademicYear(year.start - 1))
    ]
    periods += [
        (f"{number} год", datetime.date(number, 1, 1), datetime.date(number, 12, 31))
        for number in (today.year, today.year - 1)
    ]
    return [
        {"label": label, "start": start.isoformat(), "end": end.isoformat()}
        for label, start, end in periods
    ]


def render_events(model_admin, request, form):
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "form": form,
        "title": "Мероприятия за период",
        "periods": list_periods(),
    }
    if form.is_valid():
        start, end = form.cleaned_data["start"], form.cleaned_data["end"]
        context |= {"events": list_events(start, end), "title": tell_period(start, end)}
        context["file_query"] = f"start={start}&end={end}"
    return render(request, "admin/news/post/events.html", context)


def tell_period(start, end):
    return f"Мероприятия с {full_date(start)} по {full_date(end)}"
