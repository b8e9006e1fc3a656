"""The admin's page «Состояние сайта» and its panel on the start page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.urls import reverse

from college_site.accounts.staff_permissions import may_change
from college_site.admin_site.desk import Panel, Row
from college_site.models import College
from college_site.status.certificate import list_certificate_facts
from college_site.status.facts import list_checks, list_facts

TITLE = "Состояние сайта"
GUIDE = ("keeper", "status")


def status_page(request, each_context):
    if not may_change(request.user, College):
        raise PermissionDenied
    context = {**each_context, "title": TITLE, "facts": [*list_facts(), *list_certificate_facts()]}
    return render(request, "admin/status.html", context)


def list_status_panels(request):
    """What is wrong, for who may change the college's row: the keeper."""
    if not may_change(request.user, College):
        return []
    address = reverse("admin:status")
    wrong = [Row(fact.name, address, fact.problem) for fact in list_checks() if fact.problem]
    return [Panel(TITLE, wrong or [Row("Всё в порядке", address)], guide=GUIDE)]
