"""The QR code of the way back to a suggestion."""

import segno
from django.urls import reverse


def test_it_is_the_address_of_the_page_and_nothing_else(client, settings):
    settings.ALLOWED_HOSTS = ["college.example"]
    image = client.get("/feedback/status/qr.svg", headers={"Host": "college.example"}).content
    expected = segno.make("http://college.example/feedback/status/", error="m", micro=False)
    assert (
        expected.svg_inline(scale=4, dark="#000", light="#fff").split(" d=")[-1] in image.decode()
    )


def test_it_is_an_image_that_may_be_kept(client):
    headers = client.get(reverse("feedback:status_qr_file")).headers
    assert headers["Content-Type"] == "image/svg+xml"
    assert "public" in headers["Cache-Control"]
