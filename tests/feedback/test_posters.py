"""Posters whose QR code opens the form of a suggestion with a topic chosen."""

import io

import pytest
import segno

from tests import factories

pytestmark = pytest.mark.django_db
POSTER = "/admin/feedback/suggestiontopic/poster/"
CODE = "/admin/feedback/suggestiontopic/poster/qr.svg"
FORM = "/feedback/new/"


def code_of(address):
    image = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        image, "svg", scale=4, dark="#000", light="#fff", xmldecl=False
    )
    return image.getvalue()


def test_the_general_poster_leads_to_the_form(staff_client):
    factories.college()
    page = staff_client.get(POSTER).content.decode()
    assert "Учебный техникум имени теста" in page
    assert f"http://testserver{FORM}" in page
    assert staff_client.get(CODE).content == code_of(f"http://testserver{FORM}")


def test_the_poster_of_a_topic_chooses_it_in_the_form(staff_client):
    topic = factories.suggestion_topic(title="Столовая")
    page = staff_client.get(f"{POSTER}?topic={topic.pk}").content.decode()
    assert "Столовая: есть что предложить?" in page
    assert f'src="{CODE}?topic={topic.pk}"' in page
    code = staff_client.get(f"{CODE}?topic={topic.pk}").content
    assert code == code_of(f"http://testserver{FORM}?topic={topic.pk}")


@pytest.mark.parametrize("topic", ["x", "9" * 40, "-1", "99999", "٣"])
@pytest.mark.parametrize("address", [POSTER, CODE])
def test_an_unknown_topic_has_no_poster(staff_client, address, topic):
    assert staff_client.get(address, {"topic": topic}).status_code == 404


def test_a_topic_that_is_not_offered_has_no_poster(staff_client):
    topic = factories.suggestion_topic(is_active=False)
    assert staff_client.get(POSTER, {"topic": topic.pk}).status_code == 404
    assert f'value="{topic.pk}"' not in staff_client.get(POSTER).content.decode()


def test_the_list_of_topics_links_to_the_poster(staff_client):
    assert POSTER in staff_client.get("/admin/feedback/suggestiontopic/").content.decode()


def test_the_form_opens_with_the_topic_of_the_poster(client):
    topic = factories.suggestion_topic()
    factories.suggestion_topic()
    page = client.get(FORM, {"topic": topic.pk}).content.decode()
    assert f'<option value="{topic.pk}" selected>' in page


@pytest.mark.parametrize("topic", ["", "x", "9" * 40, "-1", "99999", "٣"])
def test_the_form_ignores_an_unknown_topic(client, topic):
    response = client.get(FORM, {"topic": topic})
    assert response.status_code == 200
    assert not response.context["form"]["topic"].value()


def test_the_form_ignores_a_topic_that_is_not_offered(client):
    topic = factories.suggestion_topic(is_active=False)
    assert not client.get(FORM, {"topic": topic.pk}).context["form"]["topic"].value()
