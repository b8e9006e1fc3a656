"""The QR code of the status page."""

import segno
from django.urls import reverse


def test_the_qr_code_encodes_the_status_page_url(client, settings):
    settings.ALLOWED_HOSTS = ["college.example"]
    image = client.get("/feedback/status/qr.svg", headers={"Host": "college.example"}).content
    expected = segno.make("http://college.example/feedback/status/", error="m", micro=False)
    assert (
        expected.svg_inline(scale=4, dark="#000", light="#fff").split(" d=")[-1] in image.decode()
    )


def test_the_qr_code_is_a_cacheable_svg(client):
    headers = client.get(reverse("feedback:status_qr_file")).headers
    assert headers["Content-Type"] == "image/svg+xml"
    assert "public" in headers["Cache-Control"]
