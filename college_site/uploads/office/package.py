"""An Office file as the archive of parts that it is: what kind it is, and which part uses which.

The names of parts may be any and are compared without regard to case; what a part is says its
content type, and relationships lead to it, beginning with `_rels/.rels`.
"""

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

TYPES, ROOT_RELATIONSHIPS = "[content_types].xml", "_rels/.rels"
VENDOR = "application/vnd.openxmlformats-officedocument."
KINDS = {  # by the content type of the main part; those of templates and macros are others
    f"{VENDOR}wordprocessingml.document.main+xml": "docx",
    f"{VENDOR}spreadsheetml.sheet.main+xml": "xlsx",
    f"{VENDOR}presentationml.presentation.main+xml": "pptx",
}


@dataclass(frozen=True)
class Relationship:
    """What a part, or for "" the package, uses: another part, or for None something outside."""

    owner: str
    id: str
    purpose: str  # the last word of its type, such as "image"
    target: str | None


def fold_name(name):
    """The name of a part as it is compared."""
    return posixpath.normpath(unquote(name.replace("\\", "/"))).lstrip("/").lower()


def parse(content):
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(content, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("A part with a document type, which no Office program writes")
    return root


def write(root):
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def local_name(element):
    """The name of an element without its namespace; "" of comments and instructions."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


class Package:
    def __init__(self, archive):
        self.archive = archive
        infos = [info for info in archive.infolist() if not info.is_dir()]
        self.parts = {fold_name(info.filename): info for info in infos}
        if len(self.parts) < len(infos):
            raise ValueError("Two parts have the same name")

    def read(self, name):
        return self.archive.read(self.parts[name])

    def content_types(self):
        """The content type of each part that has one."""
        defaults, overrides = {}, {}
        for element in parse(self.read(TYPES)).iterchildren(etree.Element):
            if local_name(element) == "Default":
                defaults[element.get("Extension", "").lower()] = element.get("ContentType", "")
            else:
                overrides[fold_name(element.get("PartName", ""))] = element.get("ContentType", "")
        types = {name: defaults.get(name.rpartition(".")[2], "") for name in self.parts}
        return types | overrides

    def relationships(self):
        """All relationships of all parts."""
        names = [name for name in self.parts if name.endswith(".rels")]
        return [found for name in names for found in self.relationships_in(name)]

    def relationships_in(self, name):
        owner = relationships_owner(name)
        for element in parse(self.read(name)).iterchildren(etree.Element):
            target = None
            if element.get("TargetMode") != "External":
                path = element.get("Target", "").partition("#")[0]
                target = fold_name(posixpath.join("/", posixpath.dirname(owner), path))
            purpose = element.get("Type", "").rpartition("/")[2]
            yield Relationship(owner, element.get("Id", ""), purpose, target)

    def kind(self):
        """A value of KINDS or None."""
        types = self.content_types()
        if any(name.endswith("vbaproject.bin") for name in self.parts):
            return None
        main = [
            found.target
            for found in self.relationships_in(ROOT_RELATIONSHIPS)
            if found.purpose == "officeDocument" and found.target in self.parts
        ]
        return KINDS.get(types.get(main[0], "")) if main else None


def relationships_owner(name):
    """The part whose relationships a .rels part holds, "" for the package."""
    folder, _, file = name.rpartition("_rels/")
    return folder + file.removesuffix(".rels")
