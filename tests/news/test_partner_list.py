"""The list of partners."""

import pytest
from django.core.files.base import ContentFile

from news import views
from tests import factories
from tests.markup import flat

pytestmark = pytest.mark.django_db


def test_partners_are_listed_with_their_number_of_posts(client):
    partner = factories.partner(name="АО «Завод»")
    for _ in range(5):
        factories.post().participations.create(partner=partner)
    html = client.get("/partners/").content.decode()
    assert f'<a href="{partner.get_absolute_url()}">АО «Завод»</a>' in html
    assert "5\N{NO-BREAK SPACE}публикаций" in html


def test_a_partner_without_posts_is_not_listed(client):
    factories.partner(name="Ещё не участвовал")
    html = flat(client.get("/partners/").content.decode())
    assert "Ещё не участвовал" not in html
    assert 'с партнёрами пока нет. <a href="/news/">' in html


def test_a_partners_logo_is_shown(client):
    logo = ContentFile(factories.picture_bytes((900, 300)), name="logo.jpg")
    for partner in (factories.partner(), factories.partner(logo=logo)):
        factories.post().participations.create(partner=partner)
    html = flat(client.get("/partners/").content.decode())
    assert html.count("<img") == 1
    assert 'width="480" height="160"' in html


def test_many_partners_are_paginated(client, monkeypatch):
    monkeypatch.setattr(views.lists, "PAGE_PARTNERS", 2)
    for _ in range(3):
        factories.post().participations.create(partner=factories.partner())
    assert len(client.get("/partners/?page=2").context["page"]) == 1
