"""Admin of the college's row and of staff accounts."""

from adminsortable2.admin import SortableAdminBase, SortableStackedInline
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import (
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.html import format_html
from js_asset import Script

from college_site.accounts.roles import ROLES, has_only_roles
from college_site.accounts.second_factors import remove_all_devices
from college_site.accounts.second_step import has_factor, is_required
from college_site.admin_site.account_events import record_event
from college_site.admin_site.model_admin import PortalAdminMixin, PortalModelAdmin
from college_site.guide.links import help_link
from college_site.models import College, CollegeLink
from college_site.pages.context_processors import current_college


class CollegeLinkInline(PortalAdminMixin, SortableStackedInline):
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
        js = [Script("js/admin/row_order.js", type="module")]

    def changelist_view(self, request, extra_context=None):
        """Redirect to the only row, if there is one."""
        if College.objects.exists():
            return redirect(reverse("admin:college_site_college_change", args=[College.ONLY]))
        return super().changelist_view(request, extra_context)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and current_college(request)._state.adding

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


class PasswordWidget(ReadOnlyPasswordHashWidget):
    """Only the button that sets a new password: algorithm and hash tell a keeper nothing."""

    def get_context(self, name, value, attrs):
        return {**super().get_context(name, value, attrs), "summary": []}


class AccountForm(UserChangeForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if password := self.fields.get("password"):
            password.widget = PasswordWidget()


@admin.register(User)
class AccountAdmin(PortalModelAdmin, UserAdmin):
    """Superusers change every account; others with the permission those that have only roles.

    They can set a password of each account that they can change, and so do what its owner may:
    never more than the roles, and no account can raise itself.
    """

    form = AccountForm
    add_form = UserCreationForm
    add_form_template = None  # Django's says that a new account has few fields
    list_display = ["username", "last_name", "first_name", "roles", "is_active"]
    list_filter = ["groups", "is_active", "is_staff", "is_superuser"]
    readonly_fields = ["second_factor"]
    person = ("Сотрудник", {"fields": ["last_name", "first_name", "email"]})
    help_with_roles = help_link("Роли", "keeper", "roles")
    add_fieldsets = [
        (None, {"fields": ["username", "password1", "password2"]}),
        person,
        ("Что может", {"fields": ["is_staff", "groups"], "description": help_with_roles}),
    ]
    keeper_fieldsets = [
        (None, {"fields": ["username", "password", "second_factor"]}),
        person,
        (
            "Что может",
            {"fields": ["is_active", "is_staff", "groups"], "description": help_with_roles},
        ),
    ]

    class Media:
        js = [Script("js/admin/filter_labels.js", type="module")]

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            fieldsets = super().get_fieldsets(request, obj)
            own = ("Вход в два шага", {"fields": ["second_factor"]})
            return fieldsets if obj is None else [*fieldsets, own]
        return self.keeper_fieldsets

    def get_urls(self):
        view = self.admin_site.admin_view(self.reset_second_factor)
        own = path("<int:number>/second-factor/", view, name="auth_user_second_factor")
        return [own, *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    def get_changeform_initial_data(self, request):
        """Every account is one of staff: without the tick nobody could log in."""
        return {"is_staff": True, **super().get_changeform_initial_data(request)}

    @admin.display(description="роли")
    def roles(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all()))

    @admin.display(description="второй шаг входа")
    def second_factor(self, user):
        if not has_factor(user):
            return "не подключён"
        address = reverse("admin:auth_user_second_factor", args=[user.pk])
        return format_html('подключён · <a href="{}">Снять, если потерян</a>', address)

    def reset_second_factor(self, request, number):
        """Take all factors from the account of somebody else who has lost them."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        account = get_object_or_404(self.get_queryset(request), pk=number)
        if account == request.user:
            return redirect("admin:second_factor")
        if not self.has_change_permission(request, account):
            raise PermissionDenied
        if request.method == "POST":
            remove_all_devices(account)
            record_event(request, account, "снят второй шаг")
            self.message_user(request, f"Второй шаг снят: {account}.", messages.SUCCESS)
            return redirect("admin:auth_user_change", account.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Снять второй шаг",
            "account": account,
            "is_required": is_required(),
        }
        return render(request, "admin/second_factor/reset.html", context)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["widget"] = forms.CheckboxSelectMultiple
            if not request.user.is_superuser:
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
    class Media:
        js = [Script("js/admin/filter_labels.js", type="module")]
