"""The search of the admin, the same on both databases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.models import Post
from tests import factories

pytestmark = pytest.mark.django_db
TYPED = [
    ("Медиа‑центр", "медиа-центр"),
    ("Медиа-центр", "МЕДИА—ЦЕНТР"),
    ("Тех\u00adни\u200bкум", "техникум"),
    ("Teхникум", "техникум"),
    ("Техникум", "тexник"),
    ("TM-21", "ТМ-21"),
    ("Ёлка", "елка"),
    ("И\u0306огурт", "йогурт"),
    ("Сва\u0301рка", "сварка"),
    ("Круглый\u00a0стол", "круглый стол"),
    ("Приказ № 5", "№ 5"),
    ("Café", "cafe"),
    ("50%_скидка\\", "%_скидка\\"),
]


@pytest.mark.parametrize(("title", "typed"), TYPED)
def test_a_text_is_found_however_it_is_typed(title, typed):
    factories.post(title="Другое")
    post = factories.post(title=title)
    assert list(Post.objects.filter(title__resembles=typed)) == [post]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20))
def test_any_text_is_found_by_itself(text):
    post = factories.post(title="x", lead=f"начало {text} конец")
    assert Post.objects.filter(pk=post.pk, lead__resembles=text).exists()


@pytest.mark.parametrize("around", ["{} ", "я{}я "])
def test_each_letter_is_found_by_itself(around):
    letters = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    parts = [letters[start : start + 500] for start in range(0, len(letters), 500)]
    texts = ["".join(map(around.format, part)) for part in parts]
    posts = Post.objects.bulk_create(
        Post(title="x", slug=f"post-{number}", lead=text) for number, text in enumerate(texts)
    )
    for post in posts:
        assert Post.objects.filter(pk=post.pk, lead__resembles=post.lead).exists(), post.lead


@pytest.mark.parametrize("page", ["news/post", "news/topic", "news/partner"])
def test_the_lists_of_the_admin_search_so(admin_client, page):
    factories.post(title="Медиа\u00adцентр", topic=factories.topic(title="Медиа\u00adцентр"))
    factories.partner(name="Медиа\u00adцентр")
    rows = admin_client.get(f"/admin/{page}/", {"q": "мeдиацентр"}).context["cl"].result_list
    assert len(rows) == 1
    rows = admin_client.get(f"/admin/{page}/", {"q": "музей"}).context["cl"].result_list
    assert len(rows) == 0
