"""Rewrites an Office file so that it tells only what its pages show.

Properties are emptied, miniatures and lists of authors left out, photographs lose their metadata.
Tracked changes are accepted and comments removed, if the uploader agreed, who is told what is in
the file.
"""

import io
import shutil
import zipfile
from contextlib import suppress

from lxml import etree

from college_site.uploads.document_findings import Findings
from college_site.uploads.office import revisions
from college_site.uploads.office.package import (
    TYPES,
    fold_name,
    local_name,
    parse,
    relationships_owner,
    write,
)
from college_site.uploads.pictures.picture_parts import strip_metadata

COMMENTS = {"comments", "threadedComment"}
REVISIONS = {"revisionHeaders", "revisionLog"}  # of workbooks that several people edit
NAMES = {"people", "person", "commentAuthors", "authors", "usernames", "documenttasks"}
NAMES |= {"commentsExtended", "commentsIds", "commentsExtensible"}
# A miniature shows the first page as it once was; the path of a template has a name of a user.
LEFT_OUT = COMMENTS | REVISIONS | NAMES | {"thumbnail", "attachedTemplate"}
# Parts that nothing uses but the place in the text that tells the id.
SHOWN = {"image", "hyperlink", "oleObject", "package", "chart", "video", "audio", "media"}
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
OTHER = "http://schemas.openxmlformats.org/officeDocument/2006"
EMPTY_PROPERTIES = {  # by the content type's end
    ".core-properties+xml": f'<coreProperties xmlns="{CORE}"/>',
    ".extended-properties+xml": f'<Properties xmlns="{OTHER}/extended-properties"/>',
    ".custom-properties+xml": f'<Properties xmlns="{OTHER}/custom-properties"/>',
}
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF")
USED_BY_ID = "relationships"  # the end of the namespace of attributes with an id


class Cleaning:
    """The cleaning of one package: first `look`, then `rewrite`."""

    def __init__(self, package):
        self.package = package
        self.types = package.content_types()
        self.relationships = package.relationships()
        self.trees = {}  # of the parts that change
        self.left_out = set()  # relationships

    def look(self):
        """The Findings: what the file tells besides what its pages show."""
        findings = Findings()
        for name in self.word_parts():
            revisions.note_revisions(parse(self.package.read(name)), findings)
        for found in self.relationships:
            if found.target in self.package.parts:
                if found.purpose in COMMENTS | NAMES:
                    root = parse(self.package.read(found.target))
                    revisions.note_comments(root, findings)
                findings.changes += found.purpose == "revisionLog"
        return findings

    def word_parts(self):
        """The parts with text of a Word document, whose comments are left out with their parts."""
        targets = {found.target for found in self.relationships if found.purpose in LEFT_OUT}
        for name, type in self.types.items():
            is_word = ".wordprocessingml." in type and type.endswith("+xml")
            if is_word and name in self.package.parts and name not in targets:
                yield name

    def rewrite(self):
        """The bytes of the new archive."""
        for name in list(self.word_parts()):
            root = parse(self.package.read(name))
            before = sum(1 for _ in root.iter())
            revisions.accept_revisions(root)
            if sum(1 for _ in root.iter()) != before:
                self.trees[name] = root
        self.leave_out()
        return self.write_archive()

    def leave_out(self):
        """Decide which relationships go, and remove what refers to them."""
        for found in self.relationships:
            if found.purpose in LEFT_OUT or self.is_note_drawing(found):
                self.left_out.add(found)
                self.remove_references(found)
            elif found.purpose in SHOWN and not self.is_told(found):
                self.left_out.add(found)

    def is_told(self, found):
        """Whether a part that has changed still tells the id of a relationship."""
        root = self.trees.get(found.owner)
        return root is None or any(found.id in i.values() for i in root.iter(etree.Element))

    def is_note_drawing(self, found):
        """Whether a drawing holds nothing but the frames of a sheet's notes."""
        if found.purpose != "vmlDrawing" or found.target not in self.package.parts:
            return False
        with suppress(etree.XMLSyntaxError):  # Excel writes HTML into some
            items = parse(self.package.read(found.target)).iter(etree.Element)
            kinds = {i.get("ObjectType") for i in items if local_name(i) == "ClientData"}
            return kinds == {"Note"}
        return False

    def remove_references(self, found):
        """Remove the elements of a part that tell the id of a relationship."""
        if not found.owner.endswith(".xml") or found.owner not in self.package.parts:
            return
        if found.owner not in self.trees:
            root = parse(self.package.read(found.owner))
            if not references(root, found.id):
                return
            self.trees[found.owner] = root
        for element in references(self.trees[found.owner], found.id):
            parent = element.getparent()
            revisions.remove(element)
            if parent is not None and local_name(parent) == "ext" and not len(parent):
                revisions.remove(parent)

    def removed_parts(self):
        """The names of parts that nothing uses any more."""
        used = {found.target for found in self.relationships if found not in self.left_out}
        gone = {found.target for found in self.left_out} - used - {None}
        companions = {n for n in self.package.parts if n.endswith(".rels")}
        return gone | {name for name in companions if relationships_owner(name) in gone}

    def write_archive(self):
        removed, target = self.removed_parts(), io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, info in self.package.parts.items():
                if name not in removed:
                    path = info.filename.replace("\\", "/").lstrip("/")
                    with archive.open(path, "w") as copy:
                        self.write_part(name, info, copy, removed)
        return target.getvalue()

    def write_part(self, name, info, copy, removed):
        """Write a part as it is published."""
        empty = [text for end, text in EMPTY_PROPERTIES.items() if self.type_of(name).endswith(end)]
        if empty:
            copy.write(empty[0].encode())
        elif name in self.trees:
            copy.write(write(self.trees[name]))
        elif name == TYPES:
            copy.write(self.write_types(removed))
        elif name.endswith(".rels"):
            copy.write(self.write_relationships(name))
        else:
            self.copy_part(info, copy)

    def type_of(self, name):
        return self.types.get(name, "")

    def copy_part(self, info, copy):
        with self.package.archive.open(info) as content:
            head = content.read(8)
            if head.startswith(PICTURES):
                copy.write(strip_metadata(head + content.read()))
            else:
                copy.write(head)
                shutil.copyfileobj(content, copy)

    def write_types(self, removed):
        root = parse(self.package.read(TYPES))
        for element in list(root):
            if fold_name(element.get("PartName", "/")) in removed:
                root.remove(element)
        return write(root)

    def write_relationships(self, name):
        root, owner = parse(self.package.read(name)), relationships_owner(name)
        ids = {found.id for found in self.left_out if found.owner == owner}
        for element in list(root):
            if element.get("Id") in ids:
                root.remove(element)
        return write(root)


def references(root, id):
    """The elements that tell the id of a relationship."""
    return [element for element in root.iter(etree.Element) if refers_to(element, id)]


def refers_to(element, id):
    keys = [key for key, value in element.items() if value == id]
    return any(key.partition("}")[0].endswith(USED_BY_ID) for key in keys)
