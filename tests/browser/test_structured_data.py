"""Browsers do not execute structured data."""

from tests import factories


def test_structured_data_is_neither_executed_nor_displayed(page):
    factories.college()
    post = factories.announcement(title="</script><script>window.ran = true</script>")
    for address in ("/", "/news/", post.get_absolute_url()):
        page.goto(address, wait_until="networkidle")
        data = page.locator("script[type='application/ld+json']").all()
        assert data
        for each in data:
            assert each.evaluate("element => JSON.parse(element.textContent)['@graph'].length") > 0
        assert page.evaluate("window.ran") is None
        assert "schema.org" not in page.locator("body").inner_text()
