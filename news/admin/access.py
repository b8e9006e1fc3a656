"""What the admin of posts lets a member of staff see and do; the rules are in the models."""

from news.models import Post
from news.models.publishing.access import may_change, may_publish, may_see, sees_every_post


class PostAccessAdmin:
    """A ModelAdmin of posts: an author learns nothing of the drafts of others."""

    def get_queryset(self, request):
        return super().get_queryset(request).visible_to(request.user)

    def get_choices(self, request):
        """A report of one's own may refer to any published announcement."""
        return Post.objects.choosable_by(request.user)

    def sees_every_row(self, request):
        return sees_every_post(request.user)

    def has_view_permission(self, request, obj=None):
        may_view = super().has_view_permission(request, obj)
        return may_view and (obj is None or may_see(request.user, obj))

    def has_change_permission(self, request, obj=None):
        may_change_posts = super().has_change_permission(request, obj)
        return may_change_posts and (obj is None or may_change(request.user, obj))

    def has_delete_permission(self, request, obj=None):
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and (obj is None or may_change(request.user, obj))

    def has_publish_permission(self, request):
        return may_publish(request.user)
