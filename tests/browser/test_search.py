"""The search page in a browser."""

from playwright.sync_api import expect

from tests import factories


def test_a_result_is_found_from_the_header_of_a_telephone(open_browser):
    factories.college()
    post = factories.post(title="Круглый стол с работодателями", body="<p>Обсудили практику.</p>")
    page = open_browser(width=360, javascript=False)
    page.goto("/feedback/")
    page.get_by_role("banner").get_by_role("link", name="Поиск").click()
    page.get_by_label("Что найти").fill("круглого стола")
    page.get_by_role("button", name="Найти").click()
    expect(page.get_by_label("Что найти")).to_have_value("круглого стола")
    expect(page.locator("mark")).to_have_text(["Круглый", "стол"])
    page.get_by_role("link", name="Круглый стол с работодателями").click()
    page.wait_for_url(f"**{post.get_absolute_url()}")
