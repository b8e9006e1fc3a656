"""The base of every model's admin: it tells a user nothing but what is declared and permitted."""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import models, router
from django.urls import path
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods
from js_asset import Script

from college_site.accounts.staff_permissions import may_view
from college_site.admin_site.date_widgets import DateInput, DateTimeInput, TimeInput
from college_site.admin_site.review import ReviewedAdmin

SAFE = ("GET", "HEAD")
POST = ("POST",)
FORM = (*SAFE, *POST)


class PortalAdminMixin:
    """What the admin of a model and its inlines share."""

    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"widget": DateInput},
        models.TimeField: {"widget": TimeInput},
        models.DateTimeField: {"widget": DateTimeInput},
    }
    # Fields whose choices are no secret: everybody who may use the form may choose from all rows.
    public_choices = ()

    def get_field_queryset(self, db, db_field, request):
        """The choices: only rows that the user may see, for a form shows the chosen one."""
        model = db_field.related_model
        if db_field.name in self.public_choices:
            return super().get_field_queryset(db, db_field, request)
        if not may_view(request.user, model):
            return model._default_manager.none()
        if self.admin_site.is_registered(model):
            return self.admin_site.get_model_admin(model).get_choices(request)
        return model._default_manager.all()

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A form adds related rows; to change or delete them one opens their own pages."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_change_related = False
            field.widget.can_delete_related = False
            field.widget.can_view_related = False
        return field

    def get_view_on_site_url(self, obj=None):
        """The address itself instead of /admin/r/…, which tells it to all staff."""
        if obj is None or not self.view_on_site:
            return None
        if callable(self.view_on_site):
            return self.view_on_site(obj)
        return obj.get_absolute_url() if hasattr(obj, "get_absolute_url") else None

    def has_delete_permission(self, request, obj=None):
        """Deleting shows what is deleted, so it needs the permission to view it, too."""
        may_delete = super().has_delete_permission(request, obj)
        return may_delete and self.has_view_permission(request, obj)


class PortalModelAdmin(ReviewedAdmin, PortalAdminMixin, admin.ModelAdmin):
    class Media:
        js = [Script("js/admin/submit_once.js", type="module")]

    def page_path(self, address, view, page, methods=SAFE, *, keeps_entries=False, **arguments):
        """The path of a view for staff beside Django's own; its name ends with `page`.

        With `keeps_entries` a form that is sent after the login has ended is recovered, see
        is_admin_form_post().
        """
        checked = self.admin_site.admin_view(require_http_methods(methods)(view))
        if keeps_entries:
            checked.model_admin = self
        name = f"{self.opts.app_label}_{self.opts.model_name}_{page}"
        return path(address, checked, arguments, name=name)

    def get_changelist_instance(self, request):
        """A list without rows offers no actions, also where Django does not count all rows."""
        changelist = super().get_changelist_instance(request)
        changelist.show_admin_actions = bool(changelist.result_count)
        return changelist

    def get_choices(self, request):
        """The rows that a form of another model may offer to the user."""
        return self.get_queryset(request)

    def sees_every_row(self, request):
        """Whether the user, who may view rows of the model, may view all of them."""
        return True

    def lookup_allowed(self, lookup, value, request):
        """Only declared filters may be asked for.

        Django allows every field of the row and every row that refers to it: question by question
        they would tell what no page shows, such as `?suggestions=14`.
        """
        return lookup in self.declared_lookups(request)

    def declared_lookups(self, request):
        """The parameters of `list_filter` and `date_hierarchy` in the address of a list."""
        lookups = set()
        for item in self.get_list_filter(request):
            if isinstance(item, str):
                lookups |= {f"{item}__exact", f"{item}__id__exact", f"{item}__isnull"}
            else:
                lookups.add(item.parameter_name)
        if self.date_hierarchy:
            lookups |= {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day")}
        return lookups

    def get_deleted_objects(self, objs, request):
        """Name only the rows themselves: the user may not be allowed to see related ones.

        Of related rows Django's page shows the numbers; of those that prevent it, their kinds.
        """
        _, counts, missing_permissions, _ = super().get_deleted_objects(objs, request)
        collector = NestedObjects(using=router.db_for_write(self.model), origin=objs)
        collector.collect(objs)
        names = [f"{capfirst(self.opts.verbose_name)}: {obj}" for obj in objs]
        kinds = {capfirst(row._meta.verbose_name_plural) for row in collector.protected}
        return names, counts, missing_permissions, sorted(kinds)
