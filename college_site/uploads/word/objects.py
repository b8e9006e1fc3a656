"""Pictures, text boxes, formulas and other objects in the text of a part."""

import posixpath

from lxml import etree

from college_site.uploads.word.leftovers import describe_place, quote
from college_site.uploads.word.parts import NAMESPACES, R, tag, text_of
from college_site.uploads.word.wrappers import remove, replace

METAFILES = (".emf", ".wmf", ".emz", ".wmz")
KINDS = {  # by the end of the address of a graphic's kind
    "chart": "диаграмма",
    "chartex": "диаграмма",
    "diagram": "рисунок SmartArt",
    "lockedCanvas": "рисунок",
    "wordprocessingCanvas": "полотно с\u00a0фигурами",
    "wordprocessingGroup": "группа фигур",
    "wordprocessingInk": "рукописная пометка",
    "model3d": "объёмная модель",
}
TEXT_BOX = "{*}txbxContent"
DRAWING = (
    '<w:drawing xmlns:w="{w}" xmlns:wp="{wp}" xmlns:a="{a}" xmlns:pic="{pic}" xmlns:r="{r}">'
    "<wp:inline><a:graphic><a:graphicData><pic:pic><pic:blipFill>"
    '<a:blip r:embed="picture{number}"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>"
)


class Picture:
    """A picture of the document: the name of its part, its alternative text and its place."""

    def __init__(self, name, alt, place):
        self.name, self.alt, self.place = name, alt, place


class ObjectReader:
    """Replaces the objects of one part; `pictures` are those of the whole document."""

    def __init__(self, part, pictures, leftovers):
        self.part, self.pictures, self.leftovers = part, pictures, leftovers
        self.last_moved = {}  # paragraph: what was put after it

    def read(self):
        names = ("w:drawing", "w:pict", "w:object", "m:oMathPara", "m:oMath", "w:contentPart")
        for element in list(self.part.root.iter(*map(tag, names))):
            if not self.is_attached(element):
                continue
            if etree.QName(element).localname.startswith("oMath"):
                self.read_formula(element)
            elif element.tag == tag("w:contentPart"):
                self.leave_out("рукописная пометка", element)
            else:
                self.read_object(element)

    def is_attached(self, element):
        return next(element.iterancestors(self.part.root.tag), None) is not None

    def leave_out(self, what, element):
        self.leftovers.add(f"Не\u00a0перенесено: {what}", element)
        remove(element)

    def read_formula(self, element):
        text = "".join(item.text or "" for item in element.iter(tag("m:t")))
        rows = [text_of(run) for run in element.iter(tag("w:r"))]
        self.leave_out(f"формула {quote(' '.join([text, *filter(None, rows)]))}", element)

    def read_object(self, element):
        """A drawing, in today's form or that of Word 2007: pictures and texts, or what it was."""
        boxes = [box for box in element.iter(TEXT_BOX) if not is_inside_box(box, element)]
        found = [self.find_picture(item, element) for item in self.picture_items(element)]
        titles = [item.get("string", "") for item in element.iter(tag("v:textpath"))]
        if any(titles):
            self.leftovers.add(
                f"Не\u00a0перенесено: надпись WordArt {quote(' '.join(titles))}", element
            )
        elif not found and not boxes:
            self.leftovers.add(f"Не\u00a0перенесено: {describe_object(element)}", element)
        for box in boxes:
            self.move_text(box, element)
        drawings = [make_drawing(number) for number in found if number is not None]
        if element.getparent().tag == tag("w:r"):
            replace(element, drawings)
        else:
            remove(element)

    # Pictures -----------------------------------------------------------------------------------

    def picture_items(self, element):
        items = element.iter(tag("a:blip"), tag("v:imagedata"))
        return [item for item in items if not is_inside_box(item, element)]

    def find_picture(self, item, element):
        """The number of a picture, or None if it is left out."""
        id = item.get(f"{{{R}}}embed") or item.get(f"{{{R}}}id") or item.get(f"{{{R}}}link")
        target = self.part.targets.get(id)
        name = target.address if target else ""
        if target is None or (not target.is_external and name not in self.part.package.parts):
            return self.refuse_picture("картинка, которой нет в\u00a0файле", element)
        if target.is_external:
            return self.refuse_picture("картинка, которая хранится вне файла", element)
        if name.endswith(METAFILES):
            what = "объект" if element.tag == tag("w:object") else "рисунок"
            kind = posixpath.splitext(name)[1].lstrip(".").upper()
            remedy = "сохраните его как PNG и\u00a0добавьте к\u00a0фотографиям"
            return self.refuse_picture(f"{what} в\u00a0формате {kind} ({remedy})", element)
        self.tell_changes(item, element)
        return self.number_of(name, find_alt(item, element), element)

    def refuse_picture(self, what, element):
        self.leftovers.add(f"Не\u00a0перенесено: {what}", element)

    def tell_changes(self, item, element):
        """Say that a picture was cropped or turned in Word: it is taken over as it was before."""
        crop = item.getparent().find(tag("a:srcRect"))
        is_cropped = crop is not None and any(v not in ("", "0", "0%") for v in crop.values())
        shape = next(item.iterancestors(tag("pic:pic")), None)
        frames = [] if shape is None else list(shape.iter(tag("a:xfrm")))
        is_turned = any(frame.get("rot", "0") != "0" or frame.get("flipH") for frame in frames)
        for is_changed, what in ((is_cropped, "обрезан"), (is_turned, "повёрнут")):
            if is_changed:
                line = f"Снимок был {what} в\u00a0Word, а\u00a0перенесён, как снят: проверьте его"
                self.leftovers.add(line, element)

    def number_of(self, name, alt, element):
        for number, picture in enumerate(self.pictures):
            if picture.name == name:
                picture.alt = picture.alt or alt
                return number
        self.pictures.append(Picture(name, alt, describe_place(element)))
        return len(self.pictures) - 1

    # Text boxes ---------------------------------------------------------------------------------

    def move_text(self, box, element):
        """Put the paragraphs of a text box after the paragraph that it belongs to."""
        paragraph = next(element.iterancestors(tag("w:p")), None)
        if paragraph is None or not len(box):
            return
        if text := text_of(box):
            line = f"Надпись {quote(text)} поставлена отдельным абзацем"
            self.leftovers.add(line, element)
        for item in list(box):
            self.last_moved.get(paragraph, paragraph).addnext(item)
            self.last_moved[paragraph] = item


def is_inside_box(item, element):
    """Whether a text box of the element is around the item."""
    for around in item.iterancestors():
        if around is element:
            return False
        if etree.QName(around).localname == "txbxContent":
            return True
    return False


def find_alt(item, element):
    """The alternative text of a picture: its own, in a group, or that of the drawing."""
    shape = next(item.iterancestors(tag("pic:pic")), None)
    sources = [] if shape is None else list(shape.iter(tag("pic:cNvPr")))
    sources += element.iter(tag("wp:docPr"))
    texts = [source.get("descr") or source.get("title") for source in sources]
    texts += [around.get("alt") for around in item.iterancestors(tag("v:shape"))]
    return next((" ".join(text.split()) for text in texts if text and text.strip()), "")


def describe_object(element):
    """What a drawing without picture and text is."""
    for graphic in element.iter(tag("a:graphicData")):
        address = graphic.get("uri", "")
        if (name := address.rpartition("/")[2]) in KINDS:
            return KINDS[name]
    return "встроенный объект" if element.tag == tag("w:object") else "фигура"


def make_drawing(number):
    return etree.fromstring(DRAWING.format(number=number, **NAMESPACES))
