"""Root URL configuration."""

from django.contrib import admin
from django.urls import include, path

from college_site.admin_site.site import AdminJavaScriptCatalog
from college_site.pages import views
from college_site.status.metrics import metrics

urlpatterns = [
    path("admin/jsi18n/", AdminJavaScriptCatalog.as_view(), name="admin_jsi18n"),
    path("admin/", admin.site.urls),
    path("accessibility/", views.accessible_version, name="accessible_version"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("site.webmanifest", views.web_manifest, name="web_manifest"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("healthz", views.healthz, name="healthz"),
    path("metrics", metrics, name="metrics"),
    path("feedback/", include("feedback.urls")),
    path("", include("news.urls")),
]

handler400 = "college_site.pages.errors.bad_request"
handler403 = "college_site.pages.errors.permission_denied"
handler404 = "college_site.pages.errors.page_not_found"
handler500 = "college_site.pages.errors.server_error"
