"""Bundles the style sheets when static files are collected."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Every page loads the first, news and suggestion pages one of the others after it.
TABLES_OF_CONTENTS = ("css/site.css", "css/news.css", "css/feedback.css")
IMPORT = re.compile(r'@import "(?P<name>[^"]+)" layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def bundle(read, name):
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
    """Hashed and compressed static files, with the imports of tables of contents inlined."""

    def post_process(self, paths, dry_run=False, **options):
        def read(name):
            storage, path = paths[name]
            with storage.open(path) as file:
                return file.read().decode()

        if not dry_run:
            names = [name for name in TABLES_OF_CONTENTS if name in paths]
            for name in names:
                css = bundle(read, name)
                self.delete(name)
                self._save(name, ContentFile(css.encode()))
            paths = {**paths, **{name: (self, name) for name in names}}
        yield from super().post_process(paths, dry_run, **options)
