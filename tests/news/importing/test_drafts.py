"""A Word document becomes a draft, and nothing of it is lost in silence."""

import re
from collections import Counter

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.html import strip_tags
from lxml import etree

from news.importing import drafts
from news.importing.drafts import create_draft, read_import
from news.models import Photo, Post
from tests import factories
from tests.college_site.word.test_objects import WORD_ART, drawing, formula, text_box
from tests.word_files import (
    MAIN,
    NAMESPACES,
    item,
    link,
    paragraph,
    part_xml,
    photo_bytes,
    picture,
    run,
    table,
    word_bytes,
)

pytestmark = pytest.mark.django_db
W = f"{{{NAMESPACES['w']}}}"


def read(*body, **options):
    return read_import(ContentFile(word_bytes(*body, **options), name="Отчёт.docx"))


def draft(*body, **options):
    return create_draft(read(*body, **options), factories.staff())


def words(text):
    return Counter(re.findall(r"\w+", text))


def visible_words(xml):
    """What a reader of the document sees: an own reading of its XML."""
    root = etree.fromstring(xml.encode())
    hidden = {"del", "moveFrom", "Fallback", "instrText"}
    texts = []
    for element in root.iter(f"{W}t", f"{{{NAMESPACES['m']}}}t"):
        around = [etree.QName(one).localname for one in element.iterancestors()]
        vanished = element.getparent().find(f"{W}rPr/{W}vanish") is not None
        if not hidden.intersection(around) and not vanished:
            paragraph_end = element.getparent().getnext() is None
            texts.append((element.text or "") + " " * paragraph_end)
    texts += [element.get("string") for element in root.iter(f"{{{NAMESPACES['v']}}}textpath")]
    return words(" ".join(texts))


EVERYTHING = [
    paragraph("Заголовок", "a3"),
    paragraph("Подзаголовок", "a4"),
    paragraph("Раздел", "1"),
    paragraph("Подраздел", "2"),
    paragraph("Глубже", "3"),
    paragraph("Введение 7", "11"),
    paragraph(content=run("полужирный ", "<w:b/>") + run("курсив", "<w:i/>")),
    paragraph(content=run("старое ", "<w:strike/>") + run("тайное", "<w:vanish/>")),
    item("маркер"),
    item("вложенный", depth=1),
    item("пункт", 2),
    item("буква", 3),
    paragraph("цитата", "a6"),
    table(["шапка", "столбец"], ["ячейка", paragraph(content=picture())], header=True),
    table([paragraph(content=picture())], ["подпись"]),
    link("rIdLink", "ссылка"),
    paragraph(content=picture()),
    paragraph("Рис. 1. Снимок", "a5"),
    paragraph("сноска", content='<w:r><w:footnoteReference w:id="2"/></w:r>'),
    paragraph("рамка", content=drawing(text_box(paragraph("надпись"), table(["вложенная"])))),
    paragraph("формула", content=formula("интеграл")),
    paragraph("фигура", content=WORD_ART),
    paragraph("схема", content=picture("rIdScheme")),
    paragraph(content=f'<w:ins w:id="1" w:author="x">{run("вставлено")}</w:ins>'),
    paragraph(content=f"<w:smartTag>{run('метка')}</w:smartTag>"),
    f"<w:sdt><w:sdtContent>{paragraph('поле')}</w:sdtContent></w:sdt>",
    paragraph(content=f'<w:fldSimple w:instr="AUTHOR">{run("автор")}</w:fldSimple>'),
    paragraph(content=f'<w:hyperlink w:anchor="x">{run("якорь")}</w:hyperlink>'),
    paragraph(
        content="<w:r><w:t>перенос</w:t><w:br/><w:t>строки</w:t><w:tab/><w:t>знак</w:t></w:r>"
    ),
]
FOOTNOTES = part_xml("w:footnotes", f'<w:footnote w:id="2">{paragraph("пояснение")}</w:footnote>')
OPTIONS = {
    "parts": {"word/footnotes.xml": FOOTNOTES, "word/media/scheme.emf": b"\x01"},
    "relationships": [
        ("rIdNotes", "footnotes", "footnotes.xml"),
        ("rIdScheme", "image", "media/scheme.emf"),
    ],
    "links": {"rIdLink": "https://zavod.example/"},
}


def test_every_visible_word_is_in_the_post_or_in_a_note():
    found = read(*EVERYTHING, **OPTIONS)
    post = create_draft(found, factories.staff())
    captions = [photo.caption for photo in post.photos.all()]
    notes = [re.sub(r" \((?:после слов «.*»|в\s+начале документа)\)", "", n) for n in found.notes]
    text = strip_tags(post.body.replace("<", " <"))
    outcome = words(" ".join([post.title, post.lead, text, *captions, *notes]))
    xml = part_xml("w:document", f"<w:body>{''.join(EVERYTHING)}</w:body>")
    source = visible_words(xml) + words(strip_tags(FOOTNOTES))
    assert source - outcome == Counter()
    assert "тайное" not in outcome


def test_pictures_are_photographs_in_their_places():
    photos = {"a": photo_bytes((400, 300)), "b": photo_bytes((300, 400))}
    post = draft(
        paragraph("Практика"),
        paragraph("Лид."),
        paragraph("Раз", content=picture("a")),
        paragraph("Рис. 1. Цех"),
        paragraph("Два", content=picture("b", alt="Станок")),
        photos=photos,
    )
    first, second = post.photos.all()
    assert post.body == (
        f'<p>Раз</p><figure data-photo="{first.pk}"></figure>'
        f'<p>Два</p><figure data-photo="{second.pk}"></figure>'
    )
    assert (first.caption, first.alt, first.is_cover) == ("Рис. 1. Цех", "", True)
    assert (second.caption, second.alt) == ("", "Станок")
    assert post.gallery == []


def test_the_draft_is_no_published_post():
    post = draft(paragraph("Практика"), paragraph("Лид."))
    assert (post.state, post.slug, post.lead) == (Post.State.DRAFT, "praktika", "Лид.")


def test_a_title_without_letters_gets_an_address_all_the_same():
    assert draft(paragraph("!!!")).slug.startswith("iz-word-")


def test_the_same_document_a_second_time_gets_another_address():
    slugs = [draft(paragraph("Практика")).slug for _ in range(2)]
    assert slugs == ["praktika", "praktika-2"]


def test_a_picture_that_is_no_photograph_is_left_out_with_its_place():
    found = read(paragraph("Цех", content=picture()), photos={"rIdPhoto": photo_bytes((30, 30))})
    assert found.pictures == {}
    assert [note for note in found.notes if note.startswith("Не\u00a0перенесена картинка")] == [
        "Не\u00a0перенесена картинка (после слов «Цех»): От снимка осталось бы 30 × 30 точек, "
        "а меньшая сторона должна быть не короче 300. Загрузите исходный снимок с телефона или "
        "не такой вытянутый"
    ]


def test_a_damaged_picture_does_not_stop_the_others():
    found = read(
        paragraph("А", content=picture("a")),
        paragraph("Б", content=picture("b")),
        photos={"a": b"\xff\xd8\xff broken", "b": photo_bytes()},
    )
    assert list(found.pictures) == [1]
    assert "<figure" in create_draft(found, factories.staff()).body


def test_pictures_over_the_limit_are_counted(monkeypatch):
    monkeypatch.setattr(drafts, "MOST_PICTURES", 1)
    photos = {"a": photo_bytes((400, 300)), "b": photo_bytes((300, 400))}
    body = [paragraph(text, content=picture(id)) for text, id in (("Цех", "a"), ("Склад", "b"))]
    found = read(*body, photos=photos)
    assert list(found.pictures) == [0]
    assert (
        "Не\u00a0перенесены картинки, всего: 1, первая после слов «Цех Склад». "
        "За один раз переносятся 1"
    ) in found.notes


def test_no_break_spaces_of_a_title_are_kept():
    assert draft(paragraph("Группа\u00a0ТМ-21")).title == "Группа\u00a0ТМ-21"


def test_a_photograph_of_the_document_loses_its_metadata():
    location = factories.picture_bytes((400, 300), comment=b"Saratov")
    post = draft(paragraph("А", content=picture()), photos={"rIdPhoto": location})
    with post.photos.get().image.open() as stored:
        assert b"Saratov" not in stored.read()


def test_a_script_in_the_document_stays_text():
    post = draft(paragraph("А"), paragraph("Б"), paragraph("&lt;script&gt;alert(1)&lt;/script&gt;"))
    assert post.body == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


def test_a_mark_written_as_text_places_no_photograph():
    stranger = factories.photo()
    mark = f'&lt;figure data-photo="{stranger.pk}"&gt;&lt;/figure&gt;'
    post = draft(paragraph("А"), paragraph("Б"), paragraph(mark), paragraph(mark))
    assert "<figure" not in post.body


def test_a_refused_file_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        read(parts={MAIN: "broken"})
    assert not Post.objects.exists()
    assert not Photo.objects.exists()
