"""Tracked changes and comments in the parts of an Office file: what they tell, accepting them."""

from lxml import etree

from college_site.uploads.office.package import local_name

WORD = "/wordprocessingml/"  # in both namespaces, of ECMA and of ISO
DELETED, INSERTED = {"del", "moveFrom"}, {"ins", "moveTo"}
CELLS = {"cellDel", "cellIns", "cellMerge"}
REFERENCES = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}
COMMENTS = {"comment", "cm", "threadedComment"}
AUTHORS = {"author", "cmAuthor", "person"}
INVISIBLE = {"bookmarkStart", "bookmarkEnd", "proofErr"}
TEXTS = {"t", "delText", "text"}


def names_of(element):
    return {value for key, value in element.items() if key.rpartition("}")[2] == "author"}


def is_word(element):
    return isinstance(element.tag, str) and WORD in element.tag


def is_revision(element):
    """Whether an element of a Word document tells of a change."""
    name = local_name(element)
    is_named = name in DELETED | INSERTED | CELLS or name.endswith("Change")
    return is_word(element) and is_named


def is_mark(element):
    """Whether it says of a paragraph, row or formula that it changed, and holds nothing itself."""
    parent = element.getparent()
    return parent is not None and local_name(parent).endswith("Pr")


def note_revisions(root, findings):
    """Count the changes of a Word part, and note who made them and what was deleted."""
    for element in root.iter(etree.Element):
        if is_revision(element):
            findings.changes += 1
            findings.authors |= dict.fromkeys(names_of(element))
            if local_name(element) in DELETED:
                findings.quote(text_of(element))


def note_comments(root, findings):
    """Count the comments of a part and note who wrote them and what."""
    for element in root.iter(etree.Element):
        name = local_name(element)
        if name in COMMENTS:
            findings.comments += 1
            findings.authors |= dict.fromkeys(names_of(element))
            findings.quote(text_of(element))
        elif name in AUTHORS:
            named = [element.get("displayName"), element.get("name"), element.text]
            named = [name for name in (*named, *names_of(element)) if name and name.strip()]
            findings.authors |= dict.fromkeys(named)


def text_of(element):
    found = [item.text or "" for item in element.iter(etree.Element) if local_name(item) in TEXTS]
    return " ".join("".join(found).split())


# Accepting ----------------------------------------------------------------------------------------


def accept_revisions(root):
    """Bring a Word part to the state that its changes lead to, without comments."""
    elements = [element for element in root.iterdescendants(etree.Element) if is_word(element)]
    revisions = [element for element in elements if is_revision(element)]
    for element in revisions:
        if local_name(element) in DELETED and not is_mark(element):
            remove(element)
    for element in revisions:
        accept_deleted_mark(element)
    for element in revisions:
        if local_name(element) in INSERTED and not is_mark(element):
            unwrap(element)
        elif element.getparent() is not None:
            remove(element)
    for element in elements:
        name = local_name(element)
        if name in REFERENCES or name == "trackRevisions" or is_move_range(name):
            remove_reference(element)


def is_move_range(name):
    return name.endswith(("RangeStart", "RangeEnd")) and name.startswith(("move", "customXml"))


def accept_deleted_mark(element):
    """Remove the row or cell, or end the paragraph, whose end was deleted."""
    parent = element.getparent()
    name, holder = local_name(element), local_name(parent) if parent is not None else ""
    if name == "cellDel":
        remove(parent.getparent())
    elif name in DELETED and holder == "trPr":
        remove_row(parent.getparent())
    elif name in DELETED and holder == "rPr" and local_name(parent.getparent()) == "pPr":
        join_next(parent.getparent().getparent())


def remove_row(row):
    table = row.getparent()
    remove(row)
    if table is not None and not any(local_name(item) == "tr" for item in table):
        remove(table)


def join_next(paragraph):
    """Move what is left of a paragraph to the beginning of the next one."""
    following = paragraph.getnext()
    while following is not None and not is_content(following):
        following = following.getnext()
    left = [item for item in paragraph if local_name(item) != "pPr"]
    if following is not None and local_name(following) == "p":
        has_properties = len(following) and local_name(following[0]) == "pPr"
        place = 1 if has_properties else 0
        following[place:place] = left
        remove(paragraph)
    elif not any(is_content(item) for item in left) and has_neighbour(paragraph):
        remove(paragraph)


def is_content(element):
    name = local_name(element)
    return bool(name) and name not in INVISIBLE and not name.endswith(("RangeStart", "RangeEnd"))


def has_neighbour(paragraph):
    """Whether its cell or its story has another paragraph, without which Word refuses the file."""
    previous = paragraph.getprevious()
    return previous is not None and local_name(previous) == "p"


def remove(element):
    if element.getparent() is not None:
        element.getparent().remove(element)


def remove_reference(element):
    """Remove an element, and the run around it if nothing is left there."""
    run = element.getparent()
    remove(element)
    if run is not None and local_name(run) == "r" and all(local_name(i) == "rPr" for i in run):
        remove(run)


def unwrap(element):
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)
