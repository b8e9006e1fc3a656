"""Rich text is sanitised on every way into the database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from college_site.rich_text import make_urls_absolute, render_rich_text, sanitize
from news.models import Post
from tests import factories

HOSTILE = (
    "<script>alert(1)</script>",
    '<p onclick="alert(1)">x</p>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="JaVaScRiPt&colon;alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<p style="position:fixed">x</p>',
    "<style>body{display:none}</style>",
    '<iframe src="https://evil.example/"></iframe>',
    '<img src="https://evil.example/x.png" onerror="alert(1)">',
    '<svg><use href="data:x"/></svg>',
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--><img src onerror=alert(1)>'>",
    '<form action="https://evil.example/"><input name="password"></form>',
    "<object data='x'></object><embed src='x'><base href='https://evil.example/'>",
    '<p class="suggestion-invitation" id="contacts">x</p>',
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    '<table background="javascript:alert(1)"><tbody><tr><td>x</td></tr></tbody></table>',
)
FORBIDDEN = (
    "<script",
    "onclick",
    "onerror",
    "javascript:",
    "data:",
    "style",
    "<iframe",
    "<img",
    "<svg",
    "<form",
    "<input",
    "<object",
    "<embed",
    "<base",
    "class=",
    "id=",
    "<!--",
    "background",
)


def is_clean(html):
    return not [word for word in FORBIDDEN if word in html.lower()]


def save_post(html):
    post = factories.post(body=html)
    post.refresh_from_db()
    return post.body


def update_post(html):
    post = factories.post()
    Post.objects.filter(pk=post.pk).update(body=html)
    post.refresh_from_db()
    return post.body


def created_in_bulk(html):
    Post.objects.bulk_create([Post(title="Пост", slug="post", body=html)])
    return Post.objects.get(slug="post").body


def updated_in_bulk(html):
    post = factories.post()
    post.body = html
    Post.objects.bulk_update([post], ["body"])
    post.refresh_from_db()
    return post.body


@pytest.mark.django_db
@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("way", [save_post, update_post, created_in_bulk, updated_in_bulk])
def test_hostile_html_is_cleaned_on_every_way_to_the_database(way, html):
    assert is_clean(way(html))


@pytest.mark.django_db
def test_the_saved_object_holds_the_cleaned_html():
    post = factories.post(body="<p>x</p><script>alert(1)</script>")
    assert post.body == "<p>x</p>"


@pytest.mark.parametrize(
    "html",
    [
        "<p>Текст, <strong>важный</strong> и <em>особый</em>.</p>",
        "<h2>Итоги</h2><h3>Места</h3>",
        "<ul><li><p>раз</p></li></ul><ol><li><p>два</p></li></ol>",
        "<blockquote><p>Цитата</p></blockquote>",
        "<p>Строка<br>строка</p>",
        "<p>10<sup>3</sup> Ом, H<sub>2</sub>O</p>",
        "<table><tbody><tr><th>Место</th><td>Первое</td></tr></tbody></table>",
        '<table><tbody><tr><td colspan="2" rowspan="3">x</td></tr></tbody></table>',
    ],
)
def test_every_element_of_the_editor_is_preserved(html):
    assert sanitize(html) == html


@pytest.mark.parametrize(
    "address", ["https://x.example/", "http://x.example/", "mailto:a@x.example"]
)
def test_links_are_preserved(address):
    assert f'href="{address}"' in sanitize(f'<p><a href="{address}">x</a></p>')


def test_telephone_links_are_preserved():
    assert 'href="tel:+78453443622"' in sanitize('<p><a href="tel:+78453443622">x</a></p>')


@pytest.mark.parametrize("html", ["<u>x</u>", "<font>x</font>", "<marquee>x</marquee>"])
def test_the_text_of_removed_elements_is_preserved(html):
    assert sanitize(html).strip() == "x"


def test_cleaning_twice_changes_nothing():
    for html in HOSTILE:
        assert sanitize(sanitize(html)) == sanitize(html)


def test_an_empty_paragraph_becomes_an_empty_text():
    assert sanitize("<p></p>") == ""


def test_every_table_is_wrapped_to_scroll():
    html = render_rich_text("<table><tbody></tbody></table><p>x</p><table><tbody></tbody></table>")
    assert html.count('<div class="rich-text__table"') == html.count("</table></div>") == 2
    assert html.count('aria-label="Таблица"') == html.count('aria-label="Таблица 2"') == 1


@pytest.mark.django_db
def test_a_table_with_attributes_is_wrapped():
    body = '<table style="width: 3px" class="x"><tbody><tr><td>x</td></tr></tbody></table>'
    assert "".join(factories.post(body=body).body_parts).count("rich-text__table") == 1


def test_dashes_are_bound_to_the_preceding_word():
    html = render_rich_text(
        '<p>Он <b>сам</b> — токарь.</p><p><a href="https://x.ru/a — b">x — y</a></p>'
    )
    assert html == (
        '<p>Он <b>сам</b>\u00a0— токарь.</p><p><a href="https://x.ru/a — b">x\u00a0— y</a></p>'
    )


def test_short_words_are_bound_in_text_but_not_in_attributes():
    html = render_rich_text('<p>Мы были в <a href="https://x.ru/a в б">музее и в цехе</a></p>')
    assert html == (
        '<p>Мы были в\u00a0<a href="https://x.ru/a в б">музее и\u00a0в\u00a0цехе</a></p>'
    )


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        ('<p>a <span style="font-weight:700">b</span></p>', "<p>a <strong>b</strong></p>"),
        ('<p><span style="FONT-STYLE: Italic">b</span></p>', "<p><em>b</em></p>"),
        ('<b style="font-weight:normal"><p>a</p></b>', "<p>a</p>"),
        ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
        ('<p>10<span style="vertical-align:super">3</span></p>', "<p>10<sup>3</sup></p>"),
        ('<p>H<span style="vertical-align:sub">2</span>O</p>', "<p>H<sub>2</sub>O</p>"),
        ("<h1>a</h1><h4>b</h4>", "<h2>a</h2><h3>b</h3>"),
        ("<p class=MsoTitle>a</p><p class=MsoHeading4>b</p>", "<h2>a</h2><h3>b</h3>"),
        ("<p>до <del>уволить</del><ins>премировать</ins></p>", "<p>до премировать</p>"),
        ("<p>a<span class='x MsoDel'>b<b>c</b></span>d</p>", "<p>ad</p>"),
        ("<p>a<span style='display:none'>b<br>c</span>d</p>", "<p>ad</p>"),
        ("<p>a<span style='mso-hide:all'>b</span>d</p>", "<p>ad</p>"),
        ("<div style='mso-element:comment-list'><p>b</p></div><p>d</p>", "<p>d</p>"),
        ("<p>a<del>b</p><p>c</p>", "<p>a</p><p>c</p>"),
    ],
)
def test_styles_become_elements_and_hidden_text_goes(html, stored):
    assert sanitize(html) == stored


@pytest.mark.parametrize(
    ("href", "stored"),
    [
        ("www.example.ru", "https://www.example.ru"),
        ("example.ru/a?b=1&amp;c=2", "https://example.ru/a?b=1&amp;c=2"),
        ("пример.рф", "https://пример.рф"),
        ("/news/", "/news/"),
        ("http://example.ru", "http://example.ru"),
    ],
)
def test_an_address_without_a_scheme_gets_https(href, stored):
    html = sanitize(f'<p><a href="{href}">сюда</a></p>')
    assert f'href="{stored}"' in html


def test_a_scheme_that_nobody_typed_is_https():
    html = '<p><a href="http://www.example.ru">www.example.ru</a></p>'
    assert sanitize(html) == html.replace("http:", "https:")


@pytest.mark.parametrize("href", ["#_ftn1", "#", "file:///C:/a.docx", "javascript:alert(1)"])
def test_a_link_that_leads_nowhere_becomes_text(href):
    assert sanitize(f'<p>a<a href="{href}"><em>[1]</em></a>b</p>') == "<p>a<em>[1]</em>b</p>"


@given(st.text(st.sampled_from("<>/=\"' &;#abpdelspanstylehref:-!\n")))
def test_cleaning_any_text_twice_changes_nothing(html):
    assert sanitize(sanitize(html)) == sanitize(html)


def test_right_to_left_names_read_in_their_direction():
    assert render_rich_text("<h2>Гость</h2><p>محمد علي</p>") == (
        '<h2 dir="auto">Гость</h2><p dir="auto">محمد علي</p>'
    )
    assert render_rich_text("<p>Гость</p>") == "<p>Гость</p>"


@pytest.mark.parametrize(
    ("link", "absolute"),
    [
        ("#itogi", "https://college.example/news/post/#itogi"),
        ("event.ics", "https://college.example/news/post/event.ics"),
        ("//files.example", "https://files.example"),
    ],
)
def test_urls_are_resolved_against_the_address_of_the_page(link, absolute):
    html = make_urls_absolute(f'<a href="{link}">а</a>', "https://college.example/news/post/")
    assert f'href="{absolute}' in html
