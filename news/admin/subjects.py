"""Admin of topics and partners."""

from django.contrib import admin
from django.db.models import Count

from college_site.admin_site.model_admin import PortalModelAdmin
from news.models import Partner, Topic


class SubjectAdmin(PortalModelAdmin):
    """A changelist with the number of posts of each row."""

    list_per_page = 50

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(post_count=Count("posts"))

    @admin.display(description="публикаций", ordering="post_count")
    def post_count(self, subject):
        return subject.post_count


@admin.register(Topic)
class TopicAdmin(SubjectAdmin):
    list_display = ["title", "description", "post_count"]
    ordering = ["title"]
    search_fields = ["title__resembles"]
    prepopulated_fields = {"slug": ["title"]}


@admin.register(Partner)
class PartnerAdmin(SubjectAdmin):
    list_display = ["name", "site", "post_count"]
    ordering = ["name"]
    search_fields = ["name__resembles"]
    prepopulated_fields = {"slug": ["name"]}
