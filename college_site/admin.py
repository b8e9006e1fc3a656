"""Admin of the college's row and of staff accounts."""

from adminsortable2.admin import SortableAdminBase, SortableTabularInline
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.shortcuts import redirect
from django.urls import reverse

from college_site.accounts.roles import ROLES, has_only_roles
from college_site.admin_site.model_admin import PortalAdminMixin, PortalModelAdmin
from college_site.models import College, CollegeLink


class CollegeLinkInline(PortalAdminMixin, SortableTabularInline):
    model = CollegeLink
    extra = 0


@admin.register(College)
class CollegeAdmin(SortableAdminBase, PortalModelAdmin):
    inlines = [CollegeLinkInline]
    fieldsets = [
        (None, {"fields": ["full_name", "name"]}),
        (
            "Адрес",
            {
                "fields": [
                    "postal_code",
                    "region",
                    "city",
                    "street_address",
                    "latitude",
                    "longitude",
                ]
            },
        ),
        ("Связь", {"fields": ["phone", "fax", "phone_note", "email", "working_hours"]}),
        ("Решаем вместе", {"fields": ["feedback_heading", "feedback_invitation"]}),
        (
            "Документы и другие сайты",
            {"fields": ["disclosure_url", "appeal_url", "privacy_policy_url"]},
        ),
    ]

    class Media:
        css = {"all": ["css/admin/forms.css"]}

    def changelist_view(self, request, extra_context=None):
        """Redirect to the only row, if there is one."""
        if College.objects.exists():
            return redirect(reverse("admin:college_site_college_change", args=[College.ONLY]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not College.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


class ChangedBySuperusers:
    """Who changes groups can give themselves every permission: superusers only."""

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser


admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(PortalModelAdmin, UserAdmin):
    """Superusers change every account; others with the permission those that have only roles.

    They can set a password of each account that they can change, and so do what its owner may:
    never more than the roles, and no account can raise itself.
    """

    keeper_fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Сотрудник", {"fields": ["last_name", "first_name", "email"]}),
        ("Что может", {"fields": ["is_active", "is_staff", "groups"]}),
    ]

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return self.keeper_fieldsets

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups" and not request.user.is_superuser:
            kwargs["queryset"] = Group.objects.filter(name__in=ROLES)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request, obj=None):
        may_change = super().has_change_permission(request, obj)
        is_all = obj is None or request.user.is_superuser
        return may_change and (is_all or (obj != request.user and has_only_roles(obj)))

    def has_delete_permission(self, request, obj=None):
        """Others only take away «is_active»: a deletion takes what the account wrote along."""
        return request.user.is_superuser


@admin.register(Group)
class AccountGroupAdmin(ChangedBySuperusers, PortalModelAdmin, GroupAdmin):
    pass
