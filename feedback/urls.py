"""Addresses of «Решаем вместе»."""

from django.urls import path

from feedback.views import author, consents, home, receipts, suggestions

app_name = "feedback"
urlpatterns = [
    path("", home.feedback_home, name="feedback_home"),
    path("new/", suggestions.suggestion_form, name="suggestion_form"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("status/", author.suggestion_status, name="suggestion_status"),
    path("consent/<int:version>/", consents.consent_detail, name="consent_detail"),
]
