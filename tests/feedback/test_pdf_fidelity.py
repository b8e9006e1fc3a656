"""A cleaned PDF shows what the original showed, compared in PDFium, the viewer of Chrome."""

import io

import pikepdf
import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from PIL import ImageChops

from college_site.uploads.sandbox import VISITORS
from college_site.uploads.visitor_file_cleaning import clean_file, clean_pdf
from feedback.staged_files import LARGEST
from tests import factories, pdf_corpus, pdf_factories
from tests.feedback.test_attachments import photo_with_location
from tests.feedback.test_pdf_streams import pdf, photograph_in, pixels
from tests.pdf_corpus import CASES, CORPUS, HIDDEN, HIDDEN_LAYERS
from tests.pdf_factories import text_field, with_fields
from tests.pdf_pictures import SCALE, dark_dots, differing_dots, render

EVERYTHING = {**CASES, **CORPUS, **HIDDEN_LAYERS}


def cleaned(content):
    return clean_pdf(content)[0]


def lost(content):
    return clean_pdf(content)[1]


@pytest.mark.parametrize("content", EVERYTHING.values(), ids=EVERYTHING)
def test_a_cleaned_page_shows_what_the_original_showed(content):
    assert differing_dots(content, cleaned(content)) == 0


@pytest.mark.parametrize("name", ["stamp", "ticked boxes", "visible signature", "highlight"])
def test_a_flattened_page_has_no_annotations_or_forms(name):
    with pikepdf.open(io.BytesIO(cleaned(CORPUS[name]))) as document:
        assert "/Annots" not in document.pages[0]
        assert "/AcroForm" not in document.Root
    assert dark_dots(render(cleaned(CORPUS[name]))[0]) > 1000


@pytest.mark.parametrize("content", HIDDEN_LAYERS.values(), ids=HIDDEN_LAYERS)
def test_content_of_hidden_layers_is_removed(content):
    clean = cleaned(content)
    with pikepdf.open(io.BytesIO(clean)) as document:
        streams = [item for item in document.objects if isinstance(item, pikepdf.Stream)]
        drawn = b"".join(stream.read_bytes() for stream in streams if "/Length1" not in stream)
    assert HIDDEN.encode() in content
    assert HIDDEN.encode() not in drawn
    assert b"/OC" not in clean


def test_a_hidden_layer_of_a_real_program_is_removed():
    with pypdfium2.PdfDocument(cleaned(CASES["hidden_layer"])) as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "SHOWN" in text
    assert "snils" not in text


def test_an_annotation_on_a_hidden_layer_is_removed():
    clean = cleaned(pdf_factories.page_pdf(pdf_corpus.hidden_stamp))
    assert differing_dots(clean, pdf_factories.page_pdf()) == 0


# Fields without a drawing -------------------------------------------------------------------------


def shown(*fields, **options):
    """The cleaned page of form fields as a picture, cut to where `annotation` has its rectangle."""
    (page,) = render(cleaned(with_fields(*fields, **options)))
    return page.crop((50 * SCALE, 160 * SCALE, 150 * SCALE, 200 * SCALE))


@pytest.mark.parametrize("is_stale", [True, False])
@pytest.mark.parametrize("value", ["Otkryt 214", "Открыть 214", "ёжик — №1"])
def test_text_of_a_field_without_a_drawing_is_shown(value, is_stale):
    assert dark_dots(shown(text_field(value), is_stale=is_stale)) > 300
    assert dark_dots(shown(text_field(""), is_stale=is_stale)) == 0


def test_an_outdated_drawing_does_not_hide_the_text_of_a_field():
    def outdated(document, page):
        keys = text_field("IIIIIIII", T="name")
        widget = pdf_factories.annotation(
            document, "/Widget", appearance=pdf_factories.drawing(document), **keys
        )
        page.Annots = pikepdf.Array([widget])
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=pikepdf.Array([widget]), NeedAppearances=True
        )

    clean = cleaned(pdf_factories.page_pdf(outdated))
    fresh = cleaned(with_fields(text_field("IIIIIIII")))
    assert differing_dots(clean, fresh) == 0


def text_of(content):
    with pypdfium2.PdfDocument(content) as document:
        return document[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (text_field("one two", Ff=1 << 12), "one two"),
        (text_field("secret", Ff=1 << 13), "******"),
        (text_field("(a\\b)"), "(a\\b)"),
        ({"FT": pikepdf.Name.Ch, "V": "b", "Opt": [["a", "First"], ["b", "Second"]]}, "Second"),
        ({"FT": pikepdf.Name.Ch, "V": "b", "Ff": 1 << 17}, "b"),
    ],
    ids=["several lines", "password", "brackets", "choice", "combo box"],
)
def test_a_field_says_its_value(field, words):
    assert words in text_of(cleaned(with_fields(field)))


def test_the_text_of_a_field_is_where_its_viewer_sets_it():
    content = with_fields(text_field("Otkryt kabinet"))
    before, after = (render(item)[0].convert("L") for item in (content, cleaned(content)))
    boxes = [
        ImageChops.invert(picture).point(lambda grey: 255 * (grey > 128)).getbbox()
        for picture in (before, after)
    ]
    assert max(abs(one - other) for one, other in zip(*boxes, strict=True)) <= 3 * SCALE


def test_letters_of_a_comb_field_have_cells_of_their_own():
    field = text_field("ii", Ff=1 << 24, MaxLen=2)
    page = shown(field)
    halves = [page.crop((0, 0, 100, 80)), page.crop((100, 0, 200, 80))]
    assert all(dark_dots(half) for half in halves)


def test_a_box_ticked_by_its_value_alone_is_shown_ticked():
    clean = cleaned(pdf_factories.page_pdf(pdf_corpus.box_without_state))
    assert differing_dots(clean, cleaned(CORPUS["stamp"])) == 0


@pytest.mark.parametrize("state", [pikepdf.Name.Yes, pikepdf.Name.Off])
def test_a_check_box_without_a_drawing_shows_whether_it_is_ticked(state):
    field = {"FT": pikepdf.Name.Btn, "V": state, "AS": state}
    assert (dark_dots(shown(field)) > 100) == (state == pikepdf.Name.Yes)


@pytest.mark.parametrize("words", ["Please open", "Откройте кабинет, пожалуйста"])
def test_a_note_written_on_the_page_is_shown_without_a_drawing(words):
    content = pdf_factories.with_annotations(
        lambda document: [
            pdf_factories.annotation(
                document, "/FreeText", Contents=words, DA="/Helv 10 Tf 0 0 1 rg"
            )
        ]
    )
    page = render(cleaned(content))[0].crop((100, 320, 300, 400))
    assert dark_dots(page) > 300
    assert lost(content) == ""


# Filters and what precedes the header -------------------------------------------------------------


def test_a_stream_of_an_unknown_filter_is_passed_on():
    def odd(document, page):
        image = document.make_stream(b"???")
        image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        image.Width, image.Height, image.Filter = 1, 1, pikepdf.Name.OddDecode
        page.Resources.XObject = pikepdf.Dictionary(I=image)

    with pikepdf.open(io.BytesIO(cleaned(pdf_factories.page_pdf(odd)))) as document:
        assert document.pages[0].Resources.XObject.I.read_raw_bytes() == b"???"


def test_a_photograph_in_run_length_encoding_is_cleaned():
    packed = pdf_corpus.run_length(photo_with_location())
    filters = pikepdf.Array([pikepdf.Name.RunLengthDecode, pikepdf.Name.DCTDecode])
    clean = cleaned(pdf(packed, Filter=filters))
    assert b"Secret camera" in packed
    assert b"Secret camera" not in clean
    assert pixels(photograph_in(clean)) == pixels(photo_with_location())


LEADS = {
    "byte order mark": b"\xef\xbb\xbf",
    "empty lines": b"\r\n\n  ",
    "headers of a letter": b"Content-Type: application/pdf\r\nContent-Length: 9\r\n\r\n",
    "as far as possible": b"x" * 1024,
}


@pytest.mark.parametrize("lead", LEADS.values(), ids=LEADS)
def test_what_precedes_the_header_of_a_pdf_is_removed(lead):
    facts, clean = clean_file(lead + CORPUS["stamp"])
    assert facts == {"content_type": "application/pdf", "lost": ""}
    assert clean.startswith(b"%PDF-")
    assert differing_dots(CORPUS["stamp"], clean) == 0


def test_a_header_too_far_behind_the_beginning_makes_no_pdf():
    with pytest.raises(ValidationError, match="принимаются снимки"):
        clean_file(b"x" * 1025 + CORPUS["stamp"])


def test_a_photograph_that_names_a_pdf_header_is_a_photograph():
    facts, _ = clean_file(factories.picture_bytes((80, 60), comment=b"%PDF-1.7"))
    assert facts["content_type"] == "image/jpeg"


# What no drawing can say --------------------------------------------------------------------------


def note(subtype, **keys):
    return pdf_factories.with_annotations(
        lambda document: [pdf_factories.annotation(document, subtype, **keys)]
    )


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (note("/Text", Contents="Спросите завхоза"), "текст заметки (стр.\u00a01)"),
        (note("/Highlight", Contents="Здесь"), "текст заметки (стр.\u00a01)"),
        (note("/FileAttachment"), "вложенный файл (стр.\u00a01)"),
        (note("/Movie"), "видео или звук (стр.\u00a01)"),
        (note("/Stamp"), "пометка (стр.\u00a01)"),
        (CORPUS["visible signature"], "электронная подпись (стр.\u00a01)"),
        (CASES["signed_no_sigflags"], "электронная подпись (стр.\u00a01)"),
    ],
    ids=["note", "comment", "file", "film", "mark", "signature", "invisible signature"],
)
def test_what_cannot_be_kept_is_told_with_its_page(content, words):
    assert lost(content) == words


@pytest.mark.parametrize("content", CORPUS.values(), ids=CORPUS)
def test_nothing_is_told_lost_of_what_is_drawn(content):
    assert lost(content).replace("электронная подпись (стр.\u00a01)", "") == ""


def test_links_and_hidden_notes_are_not_told_lost():
    assert lost(note("/Link")) == lost(note("/Text", Contents="x", F=2)) == ""


def test_pages_of_a_loss_are_listed_once():
    document = pikepdf.new()
    for _ in range(3):
        page = document.add_blank_page(page_size=(100, 100)).obj
        notes = [pdf_factories.annotation(document, "/Text", Contents="x") for _ in range(2)]
        page.Annots = pikepdf.Array(notes)
    document.attachments["a.txt"] = b"x"
    buffer = io.BytesIO()
    document.save(buffer)
    assert lost(buffer.getvalue()) == "вложенный файл; текст заметки (стр.\u00a01, 2, 3)"


# Values of the wrong kind -------------------------------------------------------------------------

ODD = [7, pikepdf.Name.X, "x", [], [1, pikepdf.Name.X], {}, 10**12]


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("key", ["AP", "F", "DA", "Rect", "V", "MK", "Ff", "Parent", "OC", "AS"])
def test_an_odd_entry_of_a_field_does_not_stop_cleaning(key, value):
    assert render(cleaned(with_fields({**text_field("Привет"), key: value})))


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("key", ["AcroForm", "OCProperties", "Names"])
def test_an_odd_entry_of_the_catalogue_does_not_stop_cleaning(key, value):
    def change(document, page):
        document.Root[f"/{key}"] = value

    assert differing_dots(cleaned(pdf_factories.page_pdf(change)), pdf_factories.page_pdf()) == 0


@pytest.mark.parametrize("value", ODD, ids=repr)
@pytest.mark.parametrize("key", ["D", "OCGs"])
def test_odd_layers_do_not_stop_cleaning(key, value):
    def change(document, page):
        pdf_corpus.layers(document)
        document.Root.OCProperties[f"/{key}"] = value

    assert differing_dots(cleaned(pdf_factories.page_pdf(change)), pdf_factories.page_pdf()) == 0


# In the sandbox -----------------------------------------------------------------------------------

IN_SANDBOX = {
    "form": with_fields(text_field("Открыть 214"), text_field("ASCII – ½", Ff=1 << 12)),
    "layers": HIDDEN_LAYERS["every operator"],
    "highlight": CORPUS["highlight"],
    "note": pdf_factories.noted_pdf(),
    "lead": b"\xef\xbb\xbf" + CORPUS["stamp"],
}


@pytest.mark.parametrize("content", IN_SANDBOX.values(), ids=IN_SANDBOX)
def test_the_confined_process_draws_the_same(content):
    with VISITORS.turn() as turn:
        facts, clean = turn.clean("visitor_file", content, LARGEST)
    assert facts == {"content_type": "application/pdf", "lost": lost(content)}
    assert differing_dots(clean, cleaned(content)) == 0
