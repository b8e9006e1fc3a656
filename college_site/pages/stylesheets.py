"""Bundles all style sheets into one when static files are collected."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

TABLE_OF_CONTENTS = "css/site.css"
IMPORT = re.compile(r'@import "(?P<name>[^"]+)" layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def bundle(read, name=TABLE_OF_CONTENTS):
    """The style sheet `name` with all imports inlined into their layers, without comments.

    `read(name)` returns the text of a static file. Imported names and the URLs in imported sheets
    are relative to the folder of `name`.
    """
    folder = name.rpartition("/")[0]

    def inline_import(match):
        css = read(f"{folder}/{match['name']}").strip()
        return f"@layer {match['layer']} {{\n{css}\n}}"

    return COMMENT.sub("", IMPORT.sub(inline_import, read(name)))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, with the imports of site.css inlined."""

    def post_process(self, paths, dry_run=False, **options):
        if TABLE_OF_CONTENTS in paths and not dry_run:

            def read(name):
                storage, path = paths[name]
                with storage.open(path) as file:
                    return file.read().decode()

            css = bundle(read)
            self.delete(TABLE_OF_CONTENTS)
            self._save(TABLE_OF_CONTENTS, ContentFile(css.encode()))
            paths = {**paths, TABLE_OF_CONTENTS: (self, TABLE_OF_CONTENTS)}
        yield from super().post_process(paths, dry_run, **options)
