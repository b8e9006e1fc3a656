"""One style sheet for the browser, many small ones for the people who write them."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

TABLE_OF_CONTENTS = "css/site.css"
IMPORT = re.compile(r'@import "(?P<name>[^"]+)" layer\((?P<layer>\w+)\);')
COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


def bundle(read, name=TABLE_OF_CONTENTS):
    """The sheet `name` with every imported sheet in its place, in its layer, without comments.

    `read` gives the text of a static file by its name. Imported names are relative to the folder
    of `name`, and so are the addresses within url() of every imported sheet.
    """
    folder = name.rpartition("/")[0]

    def imported(match):
        css = read(f"{folder}/{match['name']}").strip()
        return f"@layer {match['layer']} {{\n{css}\n}}"

    return COMMENT.sub("", IMPORT.sub(imported, read(name)))


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Hashed and compressed static files, the imports of site.css resolved."""

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
