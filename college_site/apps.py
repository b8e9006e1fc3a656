"""App configurations of the project's own app and of the admin."""

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django_otp import device_classes

from college_site import checks, sqlite  # noqa: F401 - checks registers itself
from college_site.registry import registry
from college_site.russian import lookups  # noqa: F401 - registers itself


class CollegeSiteConfig(AppConfig):
    name = "college_site"
    verbose_name = "Колледж"

    def ready(self):
        from college_site.accounts.login_throttling import delete_expired_attempts
        from college_site.accounts.sessions import prune_sessions
        from college_site.status.backups import list_backup_facts
        from college_site.status.copies import list_copy_facts
        from college_site.status.heartbeats import beat
        from college_site.status.letters import Watch, send_keeper_letter
        from college_site.status.metrics import GAUGES
        from college_site.status.slow_pages import list_slow_page_facts

        registry.periodic_jobs += [beat, delete_expired_attempts, prune_sessions]
        registry.periodic_jobs += [Watch().write_to_keepers, send_keeper_letter]
        registry.periodic_jobs.append(sqlite.DailyAnalysis().analyze_daily)
        registry.status_facts += [list_backup_facts, list_copy_facts, list_slow_page_facts]
        registry.gauges |= GAUGES


class PortalAdminConfig(AdminConfig):
    default_site = "college_site.admin_site.site.PortalAdminSite"

    def ready(self):
        """Leave out the pages of django-otp, which show secrets: the site has pages of its own."""
        super().ready()
        admin.site.unregister(filter(admin.site.is_registered, device_classes()))
