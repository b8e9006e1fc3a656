"""The text of a part: what is hidden, struck out or in a font of signs, what is bold."""

from lxml import etree
from mammoth.docx.dingbats import dingbats

from college_site.uploads.word.leftovers import quote
from college_site.uploads.word.parts import NAMESPACES, make, tag, text_of
from college_site.uploads.word.wrappers import remove, replace

SIGN_FONTS = {font for font, _ in dingbats}
PRIVATE = range(0xF000, 0xF100)  # where Word puts the signs of such fonts
REFERENCES = ("w:footnoteReference", "w:endnoteReference")


def clean_runs(root, styles, leftovers):
    """Leave of each run what the site shows, and note what it does not show."""
    join_runs(root)  # there are far fewer then
    hidden, plain = 0, {}
    for run in list(root.iter(tag("w:r"))):
        paragraph = next(run.iterancestors(tag("w:p")), None)
        if paragraph not in plain:
            plain[paragraph] = None if styles.role(paragraph) else paragraph
        if styles.looks(run, "w:vanish", paragraph):
            hidden += len(text_of(run))
            remove(run)
            continue
        read_signs(run, styles.font(run), leftovers)
        tell_strike(run, styles, leftovers)
        set_looks(run, styles, plain[paragraph])
    join_runs(root)
    if hidden:
        leftovers.add(f"Не\u00a0перенесён скрытый текст, знаков: {hidden}")


def read_signs(run, font, leftovers):
    """Letters of fonts such as Wingdings become the signs that they look like."""
    for element in list(run.iter(tag("w:sym"))):
        code = int(element.get(tag("w:char"), "0"), 16)
        sign = find_sign(element.get(tag("w:font"), ""), code)
        if sign is None:
            leftovers.add(f"Не\u00a0перенесён значок шрифта {element.get(tag('w:font'))}", element)
        replace(element, [make_text(sign or "")])
    if font in SIGN_FONTS:
        for element in run.iter(tag("w:t")):
            text = element.text or ""
            element.text = "".join(find_sign(font, ord(sign)) or sign for sign in text)


def find_sign(font, code):
    """The character that a sign of such a font looks like, or None."""
    if code in PRIVATE:
        code -= PRIVATE.start
    found = dingbats.get((font, code))
    return None if found is None else chr(found)


def make_text(text):
    element = make("w:t")
    element.text = text
    return element


def tell_strike(run, styles, leftovers):
    """Say of struck text that it becomes ordinary: the site has none."""
    is_struck = styles.looks(run, "w:strike") or styles.looks(run, "w:dstrike")
    if is_struck and (text := text_of(run)):
        leftovers.add(f"Зачёркнутый текст {quote(text)} стал обычным", run)


def set_looks(run, styles, paragraph):
    """Leave of the properties of a run what the site shows; a heading has a look of its own."""
    looks = [name for name in ("w:b", "w:i") if styles.looks(run, name, paragraph)]
    position = styles.position(run)
    for properties in run.findall(tag("w:rPr")):
        remove(properties)
    properties = make("w:rPr")
    properties.extend(make(name) for name in looks)
    has_reference = any(run.find(tag(name)) is not None for name in REFERENCES)
    if position in ("superscript", "subscript") and not has_reference:
        properties.append(make("w:vertAlign", val=position))
    run.insert(0, properties)


def join_runs(root):
    """Join neighbours that look alike: Word divides texts at every correction."""
    for run in list(root.iter(tag("w:r"))):
        previous, text = run.getprevious(), only_text(run)
        joined = only_text(previous) if text is not None and previous is not None else None
        if joined is not None and look(previous) == look(run):
            joined.text = (joined.text or "") + (text.text or "")
            remove(run)


def only_text(element):
    """The text of a run that has nothing else but its properties, or None."""
    if element.tag != tag("w:r") or not len(element) or element[-1].tag != tag("w:t"):
        return None
    is_alone = len(element) == 1 or (len(element) == 2 and element[0].tag == tag("w:rPr"))
    return element[-1] if is_alone else None


def look(run):
    properties = run[0]
    return etree.tostring(properties) if properties.tag == tag("w:rPr") else b""


def drop_lost_references(root, known):
    """Remove references to notes that the document does not have; `known` are their ids."""
    for name in REFERENCES:
        for element in root.xpath(f"//{name}", namespaces=NAMESPACES):
            if element.get(tag("w:id")) not in known[name]:
                remove(element)
