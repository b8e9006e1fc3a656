"""Admin of topics and partners."""

from django.contrib import admin
from django.db.models import Count, Q

from college_site.admin_site.model_admin import PortalModelAdmin
from news.models import Partner, Post, Topic
from news.models.publishing.access import sees_every_post


class SubjectAdmin(PortalModelAdmin):
    """A changelist with the number of posts of each row."""

    list_per_page = 50

    def get_queryset(self, request):
        """With the numbers of posts; those that the user may not see are not counted."""
        counted = Q(posts__deleted_at=None)
        if not sees_every_post(request.user):
            counted = Q(posts__in=Post.objects.choosable_by(request.user).order_by())
        subjects = super().get_queryset(request)
        return subjects.annotate(post_count=Count("posts", filter=counted))

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
