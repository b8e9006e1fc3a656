"""Addresses of «Решаем вместе»."""

from django.urls import path

from feedback.views import author, consents, receipts, suggestions

app_name = "feedback"
urlpatterns = [
    path("", suggestions.suggestion_form, name="suggestion_form"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("status/", author.suggestion_status, name="suggestion_status"),
    path("mine/", author.suggestion_detail, name="suggestion_detail"),
    path("mine/leave/", author.leave, name="leave"),
    path("mine/<slug:step>/", author.suggestion_step, name="suggestion_step"),
    path("consent/<int:version>/", consents.consent_detail, name="consent_detail"),
]
