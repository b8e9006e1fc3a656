"""«Показатели» and the yearly report, for those who may export the register."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render

from college_site.admin_site.model_admin import PortalModelAdmin
from college_site.http.responses import make_private
from feedback.desk.yearly_report import list_changes, make_workbook
from feedback.models import Suggestion
from feedback.models.suggestion_queries import MOST_OPEN
from feedback.statistics.calculation import Row, calculate_statistics, count_ratings
from feedback.statistics.load import list_load
from feedback.statistics.periods import list_years, read_year

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FiguresAdmin(PortalModelAdmin):
    def get_urls(self):
        own = [
            self.page_path("figures/", self.show_figures, "figures"),
            self.page_path("report/", self.show_report, "report"),
            self.page_path("report.xlsx", self.send_report, "workbook"),
        ]
        return [*own, *super().get_urls()]

    def describe_year(self, request, title):
        """The figures of the year in the address, as a context."""
        if not self.has_export_permission(request):
            raise PermissionDenied
        year = read_year(request.GET.get("year", ""))
        statistics = calculate_statistics(year.first, year.after)
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": f"{title} за {year.label}",
            "year": year,
            "years": list_years(),
            "statistics": statistics,
            "total": statistics.total,
            "tables": list_tables(statistics),
        }

    def show_figures(self, request):
        context = self.describe_year(request, "Показатели")
        load = list_load()
        context |= {
            "load": add_longest(load),
            "is_load_bounded": sum(row.received for row in load) >= MOST_OPEN,
            "ratings": add_longest(list_ratings(context["year"])),
        }
        return render(request, "admin/feedback/suggestion/figures.html", context)

    def show_report(self, request):
        context = self.describe_year(request, "Отчёт о работе с предложениями")
        context |= {
            "changes": list_changes(context["year"]),
            "ratings": add_longest(list_ratings(context["year"])),
        }
        return render(request, "admin/feedback/suggestion/report.html", context)

    def send_report(self, request):
        context = self.describe_year(request, "Отчёт о работе с предложениями")
        content = make_workbook(
            context["title"], context["statistics"], list_changes(context["year"])
        )
        response = HttpResponse(content, content_type=XLSX)
        name = f"otchet-{context['year'].slug}.xlsx"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return make_private(response)


def list_tables(statistics):
    """The tables of a page, each with the length of its longest bar."""
    tables = {
        "По месяцам": ("Месяц", statistics.months),
        "По темам": ("Тема", statistics.topics),
        "По сотрудникам": ("Кто отвечает", statistics.people),
    }
    return [
        {"title": title, "heading": heading, **add_longest(rows)}
        for title, (heading, rows) in tables.items()
    ]


def list_ratings(year):
    counts = count_ratings(year.first, year.after)
    return [Row(label, received=counts.get(value, 0)) for value, label in Suggestion.Rating.choices]


def add_longest(rows):
    return {"rows": rows, "longest": max((row.received for row in rows), default=0) or 1}
