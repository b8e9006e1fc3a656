"""Addresses of «Решаем вместе»."""

from django.urls import path

from feedback import views

app_name = "feedback"
urlpatterns = [
    path("", views.suggestion_form, name="suggestion_form"),
    path("receipt/", views.receipt, name="receipt"),
    path("status/", views.suggestion_status, name="suggestion_status"),
    path("consent/<int:version>/", views.consent_detail, name="consent_detail"),
]
