"""All pages that a visitor can open, and a site with content for each of them."""

import datetime
from types import SimpleNamespace
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from feedback.models import Suggestion
from feedback.receipts.codes import staging_hash
from feedback.receipts.signatures import sign_receipt
from feedback.uploader import UPLOADER_COOKIE
from news.models import Participation, Photo, PreviewLink
from tests import factories
from tests.clients import browser, start_author_session

KEY = "0b4cbbd6-6d5c-4f3e-9d5b-2a3e62a1f0c1"
UPLOADER = "0b4cbbd66d5c4f3e9d5b2a3e62a1f0c1"  # the browser that staged a file
BROWSER_ENCODINGS = "gzip, deflate, br, zstd"


def create_full_site():
    """Two pages of posts, a post with all features, a suggestion and a public answer."""
    factories.college(
        appeal_url="https://pos.example.ru/",
        disclosure_url="https://college.example.ru/sveden/",
        privacy_policy_url="https://college.example.ru/policy/",
        working_hours="Пн–пт 8:00–17:00\nСб 8:00–13:00",
        fax="8 (8452) 11-22-34",
        phone_note="приёмная",
    ).links.create(title="Учредитель", url="https://founder.example.ru/")
    posts = [factories.post(topic=factories.topic()) for _ in range(14)]
    for days in (1, 5, 9):
        factories.announcement(days, event_time=datetime.time(9, 30), place="Актовый зал")
    post = create_full_post()
    factories.photo(post=posts[-1], is_cover=True, alt="Студенты в мастерской")
    Photo.objects.update(width=2000, height=1333, renditions_due_at=None)
    draft = create_full_post()
    draft.unpublish()
    partner = factories.partner(
        description="Варит сталь.",
        site="https://partner.example.ru/",
        logo=ContentFile(factories.picture_bytes((900, 300)), name="logo.jpg"),
    )
    Participation.objects.create(post=post, partner=partner)
    consent = factories.consent(text="Я согласен.\n\nДо отзыва.")
    suggestion = factories.suggestion(
        key=KEY,
        status="answered",
        answer="Лавочки\nпоставили.",
        email="a@example.ru",
        consent=consent,
        consented_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
    )
    factories.attachment(staging_hash(UUID(KEY), UPLOADER))
    suggestion.rate(Suggestion.Rating.SOLVED, uuid4())
    publication = factories.publication(
        suggestion=factories.suggestion(
            may_publish=True, received_at=timezone.now() - datetime.timedelta(days=45)
        ),
        result_post=post,
    )
    return SimpleNamespace(
        post=post,
        posts=posts,
        partner=partner,
        consent=consent,
        suggestion=suggestion,
        publication=publication,
        preview_token=PreviewLink.issue(draft, None),
    )


def create_full_post():
    """A post with cover, gallery, videos, document, partners, table and all event fields."""
    post = factories.post(
        topic=factories.topic(),
        event_date=datetime.date(2022, 2, 24),
        event_end_date=datetime.date(2022, 2, 25),
        event_time=datetime.time(10, 0),
        place="Учебный корпус",
        published_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        body='<h2>Итоги</h2><p>Текст со <a href="https://example.ru/">ссылкой</a>.</p>'
        "<table><tbody><tr><th>Место</th><td>Первое</td></tr></tbody></table>"
        f'<figure data-video="https://rutube.ru/video/{"b2" * 16}/"></figure>',
    )
    factories.photo(post=post, is_cover=True, alt="Зал", caption="В зале", credit="И. Иванов")
    factories.photo(post=post, order=2, alt="Станок", caption="У станка")
    factories.video(post, still=factories.photo(post=post, order=3))
    factories.video(post, address="https://rutube.ru/video/" + "a1" * 16 + "/")
    factories.document(post=post)
    for order in (1, 2):
        Participation.objects.create(post=post, partner=factories.partner(), order=order)
    return post


# Pages -------------------------------------------------------------------------------------------


def open_path(path):
    return lambda client, site: client.get(path(site) if callable(path) else path)


def open_as_author(open_page):
    """Open the page with the author's session of the site's suggestion."""

    def fetch(client, site):
        response = HttpResponse()
        start_author_session(response, site.suggestion)
        client.cookies.update(response.cookies)
        return open_page(client, site)

    return fetch


def author_action_errors(client, site):
    return client.post("/feedback/mine/reopen/", {"number": site.suggestion.number})


def status_errors(client, site):
    return client.post(reverse("feedback:suggestion_status"), {"number": "1", "code": "x"})


def form_errors(client, site):
    return client.post(reverse("feedback:suggestion_form"), {"email": "wrong", "text": "x"})


def suggestion_check(client, site):
    return client.post(reverse("feedback:suggestion_form"), form_entries(site))


def suggestion_check_hints(client, site):
    """The check page with all hints."""
    text = f"Меня травят, спросите Анну Петровну. {site.publication.title}."
    return client.post(reverse("feedback:suggestion_form"), {**form_entries(site), "text": text})


def form_with_files(client, site):
    """The form after an invalid submission with a file."""
    entries = {"submission_key": KEY, "files": SimpleUploadedFile("empty.jpg", b"")}
    return client.post(reverse("feedback:suggestion_form"), entries)


def form_entries(site):
    """The POST data of a valid form whose author wants an answer by email."""
    return {
        "submission_key": KEY,
        "topic": site.suggestion.topic_id,
        "role": "student",
        "text": "Поставьте лавочки во дворе.",
        "reply_by": "email",
        "email": "a@example.ru",
        "consents": "on",
        "consent_version": site.consent.version,
    }


def receipt_verdict(client, site):
    receipt = sign_receipt(site.suggestion)
    return client.post(reverse("feedback:receipt_verification"), {"receipt": str(receipt)})


def verification_errors(client, site):
    return client.post(reverse("feedback:receipt_verification"), {"receipt": "x"})


PUBLIC_PAGES = {
    "home": open_path("/"),
    "post_list": open_path("/news/"),
    "post_list_2": open_path("/news/?page=2"),
    "post_list_year": open_path(lambda site: f"/news/{site.post.academic_year.slug}/"),
    "post_list_month": open_path(
        lambda site: f"/news/{site.post.academic_year.slug}/01/?kind=report"
    ),
    "post_list_empty": open_path("/news/2010-2011/"),
    "topic_list": open_path("/topics/"),
    "topic_detail": open_path(lambda site: site.post.topic.get_absolute_url()),
    "topic_detail_year": open_path(lambda site: f"{site.post.topic.get_absolute_url()}2010-2011/"),
    "partner_list": open_path("/partners/"),
    "partner_detail": open_path(lambda site: site.partner.get_absolute_url()),
    "partner_detail_year": open_path(
        lambda site: site.partner.get_year_url(site.post.academic_year)
    ),
    "event_list": open_path("/events/"),
    "search": open_path("/search/?q=текст"),
    "search_narrow": open_path(lambda site: f"/search/?q=текст&partner={site.partner.slug}"),
    "search_nothing": open_path("/search/?q=ничего"),
    "post_detail": open_path(lambda site: site.post.get_absolute_url()),
    "post_preview": open_path(lambda site: f"/preview/{site.preview_token}/"),
    "post_preview_ended": open_path("/preview/x/"),
    "feedback_home": open_path("/feedback/"),
    "suggestion_form": open_path("/feedback/new/"),
    "suggestion_form_errors": form_errors,
    "suggestion_form_files": form_with_files,
    "suggestion_check": suggestion_check,
    "suggestion_check_hints": suggestion_check_hints,
    "receipt": open_path("/feedback/receipt/"),
    "receipt_verification": open_path("/feedback/receipt/verify/"),
    "receipt_verification_verdict": receipt_verdict,
    "receipt_verification_errors": verification_errors,
    "suggestion_status": open_path("/feedback/status/"),
    "suggestion_status_errors": status_errors,
    "suggestion_detail": open_as_author(open_path("/feedback/mine/")),
    "author_action": open_as_author(open_path("/feedback/mine/reopen/")),
    "author_action_errors": open_as_author(author_action_errors),
    "publication_list": open_path("/feedback/answers/"),
    "publication_list_nothing": open_path("/feedback/answers/?q=ничего"),
    "publication_detail": open_path(lambda site: site.publication.get_absolute_url()),
    "statistics": open_path("/feedback/figures/"),
    "consent_detail": open_path(lambda site: site.consent.get_absolute_url()),
    "accessible_version": open_path("/accessibility/?next=/news/"),
    "not_found": open_path("/no-such-page/"),
}


# Rendered once for all tests that do not modify them ---------------------------------------------


def render_all_pages(render):
    """{name: result of `render`, or the exception it raised} for each page; rolls back all rows.

    `render(client, fetch)` gets a new client for each page; fetch() returns the response.
    """
    with transaction.atomic():
        site = create_full_site()
        responses = {name: render_page(name, site, render) for name in PUBLIC_PAGES}
        transaction.set_rollback(True)
    return responses


def render_page(name, site, render):
    """The result of `render` for a page, or the exception it raised, for get_rendered()."""
    client = browser()
    client.cookies[UPLOADER_COOKIE] = UPLOADER
    with transaction.atomic():
        try:
            if name == "receipt":
                form = {**form_entries(site), "step": "send"}
                client.post(reverse("feedback:suggestion_form"), form)
            return render(client, lambda: PUBLIC_PAGES[name](client, site))
        except Exception as error:
            return error
        finally:
            transaction.set_rollback(True)


def get_rendered(pages, name):
    """A result of render_all_pages(); raises the exception if its rendering failed."""
    if isinstance(pages[name], Exception):
        raise pages[name]
    return pages[name]
