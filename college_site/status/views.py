"""The admin's page «Состояние сайта» and its panel on the start page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from college_site.accounts.staff_permissions import may_change
from college_site.admin_site.desk import Panel, Row
from college_site.models import College
from college_site.pages.context_processors import current_college
from college_site.status.certificate import list_certificate_facts
from college_site.status.facts import Fact, list_checks, list_facts

TITLE = "Состояние сайта"
GUIDE = ("keeper", "status")


def status_page(request, each_context):
    if not may_change(request.user, College):
        raise PermissionDenied
    facts = [*list_facts(), describe_college(request), *list_certificate_facts()]
    context = {**each_context, "title": TITLE, "facts": facts}
    return render(request, "admin/status.html", context)


def list_status_panels(request):
    """What is wrong, for who may change the college's row: the keeper."""
    if not may_change(request.user, College):
        return []
    address = reverse("admin:status")
    checks = [describe_college(request), *list_checks()]
    wrong = [Row(fact.name, address, fact.problem) for fact in checks if fact.problem]
    return [Panel(TITLE, wrong or [Row("Всё в порядке", address)], guide=GUIDE)]


def describe_college(request):
    college = current_college(request)
    problem = ""
    if college._state.adding:
        problem = "Внизу страниц нет контактов. Заполните раздел «Сведения о колледже»."
    return Fact("Сведения о колледже", str(college), problem)
