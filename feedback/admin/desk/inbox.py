"""The list of suggestions by what is due, with the filters that a person has named as tabs."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from college_site.accounts.staff_permissions import is_permitted
from college_site.admin_site.model_admin import POST, PortalModelAdmin
from college_site.pages.context_processors import current_college
from feedback.desk.inbox import (
    BoundedPaginator,
    count_notices,
    list_excerpt,
    list_marks,
    normalize_query,
    search,
    tell_term,
)
from feedback.models import Attachment, SavedFilter, Suggestion
from feedback.models.suggestion_queries import MOST_OPEN
from feedback.models.workflow.desk_states import DESK_STATES
from feedback.models.workflow.urgency import ORDER

SHOWN_YEARS = 5


class TabFilter(admin.SimpleListFilter):
    """A filter that stands above the list, see change_list.html."""

    is_tab = True


class AttentionFilter(TabFilter):
    title = "внимание"
    parameter_name = "attention"

    def lookups(self, request, model_admin):
        return list_states(request.user)

    def queryset(self, request, queryset):
        name = self.value()
        return queryset.in_desk_state(name) if name in DESK_STATES else queryset


class WhoseFilter(TabFilter):
    title = "чьи"
    parameter_name = "whose"

    def lookups(self, request, model_admin):
        return [("mine", "Мои")]

    def queryset(self, request, queryset):
        is_mine = self.value() == "mine"
        return queryset.in_charge_of(request.user) if is_mine else queryset


class YearFilter(admin.SimpleListFilter):
    title = "год"
    parameter_name = "year"

    def lookups(self, request, model_admin):
        year = timezone.localdate().year
        return [(str(each), str(each)) for each in range(year, year - SHOWN_YEARS, -1)]

    def queryset(self, request, queryset):
        is_known = self.value() in dict(self.lookup_choices)
        return queryset.filter(year=self.value()) if is_known else queryset


class InboxList(ChangeList):
    def get_results(self, request):
        """Actions only where there is something to choose."""
        super().get_results(request)
        self.show_admin_actions = bool(self.result_count)


class InboxAdmin(PortalModelAdmin):
    """What SuggestionAdmin shows as a list."""

    list_display = ["number", "excerpt", "topic", "who", "term", "marks"]
    list_display_links = ["number", "excerpt"]
    list_filter = [
        AttentionFilter,
        WhoseFilter,
        "topic",
        "status",
        YearFilter,
        "role",
        "rating",
        "is_reopened",
    ]
    list_select_related = ["topic", "responsible"]
    list_per_page = 30
    paginator = BoundedPaginator
    show_full_result_count = False
    ordering = ORDER
    sortable_by = ()
    search_fields = ["text"]  # shows the field; get_search_results() searches

    def get_urls(self):
        own = [
            self.page_path("tabs/", self.save_filter, "tabs", POST),
            self.page_path("tabs/<int:pk>/", self.delete_filter, "tab", POST),
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request):
        files = Attachment.objects.filter(suggestion=OuterRef("pk"))
        readable = super().get_queryset(request).visible_to(request.user)
        return readable.annotate(has_files=Exists(files))

    def get_changelist(self, request, **kwargs):
        return InboxList

    def get_list_filter(self, request):
        may_read = is_permitted(request.user, "feedback.view_restricted")
        return [*self.list_filter, *(["is_restricted"] if may_read else [])]

    def get_search_results(self, request, queryset, search_term):
        return (search(queryset, search_term) if search_term else queryset), False

    def changelist_view(self, request, extra_context=None):
        context = {**(extra_context or {}), **self.describe_inbox(request)}
        return super().changelist_view(request, context)

    # Above the list -----------------------------------------------------------------------------

    def describe_inbox(self, request):
        """Tabs and, unless somebody searches, notices, in three queries."""
        is_mine = request.GET.get("whose") == "mine"
        visible = Suggestion.objects.visible_to(request.user)
        visible = visible.in_charge_of(request.user) if is_mine else visible
        counts = visible.count_desk()
        notices = {} if request.GET.get("q") else count_notices(request.user, visible)
        query = normalize_query(request.GET.items(), self.tab_parameters(request))
        saved = self.list_saved(request)
        return {
            "counts": counts,
            "tabs": list_tabs(request, {**counts, **notices}),
            "most_open": MOST_OPEN if counts["open"] >= MOST_OPEN else 0,
            "is_mine": is_mine,
            "whose_addresses": list_whose(request),
            "query": query,
            "saved_filters": saved,
            "saved_filter": next((each for each in saved if each.query == query), None),
            "may_save": query not in ("", "whose=mine"),
            **notices,
            "may_enter": self.has_intake_permission(request),
            "may_export": self.has_export_permission(request),
            "has_no_policy": not current_college(request).privacy_policy_url,
        }

    def tab_parameters(self, request):
        """The parameters that make a filter."""
        return {"q", *self.declared_lookups(request)}

    def list_saved(self, request):
        """The filters of the user that still may be asked for."""
        allowed = self.tab_parameters(request)
        saved = SavedFilter.objects.filter(user=request.user)
        return [each for each in saved if each.query == normalize_query(each.query, allowed)]

    def save_filter(self, request):
        if not self.has_view_permission(request):
            raise PermissionDenied
        query = normalize_query(request.POST.get("query", ""), self.tab_parameters(request))
        name = " ".join(request.POST.get("name", "").split())
        row = SavedFilter(user=request.user, name=name, query=query)
        try:
            row.full_clean()
            row.save()
        except ValidationError as error:
            self.message_user(request, describe_error(error), messages.ERROR)
        else:
            self.message_user(request, f"Вкладка «{row}» сохранена, она над списком.")
        return redirect(f"{list_address()}?{query}")

    def delete_filter(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        row = SavedFilter.objects.filter(user=request.user, pk=pk).first()
        if row is None:
            raise Http404("No tab of this user")
        row.delete()
        self.message_user(request, f"Вкладка «{row}» удалена. Предложения остались на месте.")
        return redirect(list_address())

    # Columns ------------------------------------------------------------------------------------

    @admin.display(description="номер")
    def number(self, suggestion):
        return suggestion.number

    @admin.display(description="текст")
    def excerpt(self, suggestion):
        return list_excerpt(suggestion)

    @admin.display(description="кто отвечает", empty_value="никто")
    def who(self, suggestion):
        person = suggestion.responsible
        return (person.get_full_name() or person.get_username()) if person else None

    @admin.display(description="срок")
    def term(self, suggestion):
        words = tell_term(suggestion)
        if suggestion.is_overdue:
            return format_html('<strong class="overdue">{}</strong>', words)
        return words

    @admin.display(description="пометки", empty_value="")
    def marks(self, suggestion):
        """With the reason why it is to be checked."""
        return ", ".join([*list_marks(suggestion), *filter(None, [suggestion.suspicion])])


def list_states(user):
    """The states of the desk that the user may see, as pairs of name and title."""
    may_read = is_permitted(user, "feedback.view_restricted")
    return [pair for pair in DESK_STATES.items() if may_read or pair[0] != "urgent"]


def list_tabs(request, counts):
    """The tabs by what is due; each leaves other filters and stays with mine or everybody's."""
    whose = "&whose=mine" if request.GET.get("whose") == "mine" else ""
    chosen = request.GET.get("attention", "")
    tabs = [
        {"title": title, "count": counts.get(name), "address": f"?attention={name}{whose}"}
        | {"is_chosen": chosen == name, "name": name}
        for name, title in list_states(request.user)
    ]
    all_of_them = {"title": "Все", "address": f"?{whose[1:]}", "is_chosen": not chosen}
    return [*tabs, all_of_them]


def list_whose(request):
    """The addresses of the same list for the user's own suggestions and for everybody's."""
    everybody = request.GET.copy()
    for name in ("whose", "p"):
        everybody.pop(name, None)
    mine = everybody.copy()
    mine["whose"] = "mine"
    return {"mine": f"?{mine.urlencode()}", "all": f"?{everybody.urlencode()}"}


def list_address():
    return reverse("admin:feedback_suggestion_changelist")


def describe_error(error):
    """What is wrong with a tab, for a person."""
    fields = getattr(error, "error_dict", {})
    if "query" in fields:
        return "Сначала отберите предложения: вкладка хранит отбор."
    if "name" in fields:
        return "Назовите вкладку: от 1 до 40 знаков."
    return " ".join(error.messages)
