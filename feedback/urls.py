"""Addresses of «Решаем вместе»."""

from django.urls import path, register_converter

from feedback.views import (
    attachments,
    author,
    author_export,
    consents,
    home,
    publications,
    receipts,
    statistics,
    suggestions,
    verification,
)


class PublicNumberConverter:
    """A suggestion's public number, "2026-17", as text; no leading zeros, so it has one address."""

    regex = "20[0-9]{2}-[1-9][0-9]{0,5}"

    def to_python(self, text):
        return text

    to_url = to_python


register_converter(PublicNumberConverter, "public_number")

app_name = "feedback"
urlpatterns = [
    path("", home.feedback_home, name="feedback_home"),
    path("new/", suggestions.suggestion_form, name="suggestion_form"),
    path("new/hints/", suggestions.suggestion_hints, name="suggestion_hints"),
    path("files/<uuid:key>/", attachments.attachment_file, name="attachment_file"),
    path("receipt/", receipts.receipt, name="receipt"),
    path("receipt/<public_number:number>.txt", receipts.receipt_file, name="receipt_file"),
    path("receipt/code.txt", receipts.receipt_code_file, name="receipt_code_file"),
    path("receipt/verify/", verification.receipt_verification, name="receipt_verification"),
    path("status/qr.svg", receipts.status_qr_file, name="status_qr_file"),
    path("status/", author.suggestion_status, name="suggestion_status"),
    path("mine/", author.suggestion_detail, name="suggestion_detail"),
    path("mine/export.zip", author_export.author_export_file, name="author_export_file"),
    path("mine/leave/", author.leave, name="leave"),
    path("mine/<slug:action>/", author.author_action, name="author_action"),
    path("answers/", publications.publication_list, name="publication_list"),
    path("answers/atom.xml", publications.publication_feed_file, name="publication_feed_file"),
    path(
        "answers/<public_number:number>/",
        publications.publication_detail,
        name="publication_detail",
    ),
    path(
        "answers/sitemap-<page_number:number>.xml",
        publications.sitemap_answers_file,
        name="sitemap_answers_file",
    ),
    path("figures/", statistics.statistics, name="statistics"),
    path("consent/<int:version>/", consents.consent_detail, name="consent_detail"),
]
