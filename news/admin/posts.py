"""Admin of posts: changelist, change form, publishing."""

from itertools import chain

from adminsortable2.admin import SortableAdminBase, SortableStackedInline
from django.contrib import admin, messages
from django.forms import Script
from django.utils.html import format_html
from js_asset import Media

from college_site.accounts.login_recovery import file_names
from college_site.admin_site.model_admin import PortalAdminMixin, PortalModelAdmin
from college_site.guide.links import help_link
from college_site.http.request_state import request_state
from college_site.pages.pagination import BoundedPaginator
from college_site.russian.academic_year import AcademicYear
from news.admin import bulk_actions, copies, period, spelling
from news.admin.access import PostAccessAdmin
from news.admin.bulk_actions import BulkActionsAdmin
from news.admin.media import library, photos
from news.admin.publishing import channels, previews
from news.admin.publishing.review import ReviewAdmin
from news.admin.publishing.states import (
    RESCHEDULED_LABEL,
    describe_state,
    list_buttons,
    review_words,
)
from news.admin.versions import bin, history
from news.admin.versions.autosaves import AutosaveAdmin
from news.admin.versions.history import HistoryAdmin
from news.admin.word_import import WordImportAdmin
from news.archive import list_year_choices
from news.editing.conflicts import TAKE, StaleForm, claim_version, describe_conflict, is_stale
from news.forms import DocumentForm, PostForm
from news.models import Document, Participation, Photo, Post, Reads, Video
from news.models.post_queries import DESK_ORDER
from news.search.query import Query

# Modules with addresses of their own under those of the posts.
PARTS = (
    bin,
    bulk_actions,
    channels,
    copies,
    history,
    library,
    period,
    photos,
    previews,
    spelling,
)

MOST_FOUND = 1000  # by words; templates/admin/news/post/pagination.html tells


class GuidedInline(PortalAdminMixin, SortableStackedInline):
    """Rows of a post with a link to the guide: `guide_anchor` is an id in its chapter «Текст»."""

    template = "admin/news/post/inline.html"
    rows_template = SortableStackedInline.template
    guide_anchor = ""


class ParticipationInline(GuidedInline):
    model = Participation
    guide_anchor = "facts"
    autocomplete_fields = ["partner"]
    public_choices = ["partner"]
    extra = 0


class DocumentInline(GuidedInline):
    model = Document
    guide_anchor = "documents"
    form = DocumentForm
    fields = ["title", "file", "accept_changes"]
    extra = 0


class VideoInline(GuidedInline):
    model = Video
    guide_anchor = "video"
    fields = ["address", "title", "still"]
    extra = 0

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "still":
            post = request.resolver_match.kwargs.get("object_id", "")
            kwargs["queryset"] = Photo.objects.filter(post=post if post.isdecimal() else None)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class StateFilter(admin.SimpleListFilter):
    title = "состояние"
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return Post.State.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() else queryset


class ReportFilter(admin.SimpleListFilter):
    title = "репортаж"
    parameter_name = "report"

    def lookups(self, request, model_admin):
        return [("missing", "Событие прошло, репортажа нет")]

    def queryset(self, request, queryset):
        return queryset.lacking_report() if self.value() == "missing" else queryset


class YearFilter(admin.SimpleListFilter):
    """Unlike date_hierarchy it does not read every post to learn which years there are."""

    title = "учебный год"
    parameter_name = "year"

    def lookups(self, request, model_admin):
        return list_year_choices()

    def queryset(self, request, queryset):
        try:
            start, end = AcademicYear.parse(self.value() or "").bounds
        except ValueError:
            return queryset
        return queryset.filter(published_at__gte=start, published_at__lt=end)


@admin.register(Post)
class PostAdmin(
    BulkActionsAdmin,
    HistoryAdmin,
    WordImportAdmin,
    AutosaveAdmin,
    ReviewAdmin,
    PostAccessAdmin,
    SortableAdminBase,
    PortalModelAdmin,
):
    form = PostForm
    inlines = [VideoInline, ParticipationInline, DocumentInline]
    autocomplete_fields = ["topic", "announcement"]
    public_choices = ["topic"]
    save_on_top = False
    list_display = [
        "thumbnail",
        "title",
        "kind",
        "state_label",
        "published_at",
        "event_date",
        "read_count",
    ]
    list_display_links = ["title"]
    list_filter = [StateFilter, ReportFilter, YearFilter, "kind", "topic"]
    list_per_page = 30
    ordering = DESK_ORDER
    paginator = BoundedPaginator
    show_full_result_count = False
    search_fields = ["search_entry"]  # shows the field; get_search_results() searches
    search_help_text = "Слова заголовка, лида, текста, места, темы или участника"
    fieldsets = [
        # The classes say where the template puts them.
        (
            None,
            {"fields": ["title", "lead", "body", "text_check", "photographs"], "classes": ["text"]},
        ),
        ("О публикации", {"fields": ["kind", "topic"], "classes": ["facts"]}),
        (
            "Событие",
            {
                "fields": [("event_date", "event_time"), "event_end_date", "place", "announcement"],
                "classes": ["facts"],
                "description": help_link("Событие", "text", "facts"),
            },
        ),
        ("Адрес страницы", {"fields": ["slug"], "classes": ["facts", "collapse"]}),
        (None, {"fields": ["published_at"], "classes": ["moment"]}),
    ]

    class Media:
        css = {
            "all": [
                "css/admin/news.css",
                "css/admin/editing.css",
                "css/admin/history.css",
                "css/admin/post_form.css",
                "css/admin/publishing.css",
            ]
        }
        js = [
            "js/admin/editor/editor_labels.js",
            "js/admin/editor/editor_focus.js",
            "js/admin/choice_names.js",
            Script("js/admin/publication_moment.js", type="module"),
            Script("js/admin/publish_panel.js", type="module"),
            Script("js/admin/checklist.js", type="module"),
            Script("js/admin/row_order.js", type="module"),
            Script("js/admin/autosave/autosave.js", type="module"),
            Script("js/admin/autosave/send_copies.js", type="module"),
            Script("js/admin/word_drop.js", type="module"),
            Script("js/admin/panels.js", type="module"),
        ]

    def get_queryset(self, request):
        posts = super().get_queryset(request).with_covers().select_related("author")
        return posts.annotate(read_total=Reads.total_of_post())

    def get_search_results(self, request, queryset, search_term):
        """The MOST_FOUND posts added last that have all words, by the index of the site's search.

        Filters come first: what is older than these is found with one of them.
        """
        if not search_term.strip():
            return queryset, False
        terms = Query(search_term).terms
        if not terms:
            return queryset.none(), False
        found = queryset.filter(search_entry__words__matches=terms)
        newest = found.order_by("-search_entry__post_id").values_list("pk", flat=True)
        return queryset.filter(pk__in=list(newest[:MOST_FOUND])), False

    def view_on_site(self, post):
        return post.get_absolute_url() if post.state == Post.State.PUBLISHED else None

    @admin.display(description="обложка")
    def thumbnail(self, post):
        if post.cover is None:
            return "—"
        return format_html('<img class="thumbnail" src="{}" alt="">', post.cover.small_url)

    @admin.display(description="читали", ordering="read_total")
    def read_count(self, post):
        return post.read_total or "—"

    # Change form --------------------------------------------------------------------------------

    def get_urls(self):
        own = [module.list_urls(self) for module in PARTS]
        return [*chain.from_iterable(own), *super().get_urls()]

    def render_change_form(self, request, context, *args, **kwargs):
        """Add the post's state and its buttons to the context, also for an invalid form.

        The editor's import map is an inline script, so the media get the CSP nonce.
        """
        form = context["adminform"].form
        may_publish = self.has_publish_permission(request)
        is_rescheduled = bool(context["errors"]) and "published_at" in form.changed_data
        context |= {
            "media": Media.from_media(context["media"], nonce=str(request.csp_nonce)),
            "state_description": describe_state(form.stored),
            "review_words": review_words(form.stored),
            "buttons": list_buttons(form.stored, may_publish, is_rescheduled),
            "rescheduled_label": RESCHEDULED_LABEL,
            "may_copy": copies.may_make(self, request),
        }
        if check := form.fields.get("text_check"):
            check.widget.may_add_words = spelling.may_add_words(self, request)
        if form.stored.pk and self.has_change_permission(request, form.stored):
            context |= list_panels(form.stored)
        if form.data.get(TAKE) or is_stale(form):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["conflict"] = describe_conflict(form, formsets)
        if context["errors"] and request.FILES:
            names = ", ".join(file_names(request))
            text = f"Файлы пока не приняты, выберите их снова вместе с исправлениями: {names}."
            self.message_user(request, text, messages.WARNING)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request, *args, **kwargs):
        """Show a form again that another request has made stale at the last moment."""
        if request.method == "POST" and TAKE in request.POST:
            request_state(request).is_review = True
        try:
            return super().changeform_view(request, *args, **kwargs)
        except StaleForm:
            for file in chain.from_iterable(files for _, files in request.FILES.lists()):
                file.seek(0)
            return super().changeform_view(request, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        if change:
            claim_version(obj, request.POST.get("version") or form.stored.version)
        else:
            obj.author = request.user
        super().save_model(request, obj, form, change)
        self.continue_review(request, obj, form)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        self.message_user(request, describe_state(obj))
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self.message_user(request, describe_state(obj))
        return response


def list_panels(post):
    """The panels below the form of a stored post, by the names of their templates."""
    panels = {}
    if not post.is_published:
        panels["preview_links"] = previews.describe_links(post)
    if channels.is_offered(post):
        panels["channels"] = channels.describe_channels(post)
    return panels
