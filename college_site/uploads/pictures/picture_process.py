"""The process of the sandbox that decodes one picture.

It is one of its own so that no picture waits until the libraries of documents are loaded, which
takes as long as decoding it.
"""

import io
import sys

from PIL import Image, MpoImagePlugin, WebPImagePlugin  # noqa: F401 - registers the two formats

from college_site.uploads.pictures.picture_cleaning import reencode_picture
from college_site.uploads.sandbox_entry import main


def picture(content, side):
    """(facts, bytes) of a picture: the master's, `master_bytes` long, then the preview's."""
    facts = reencode_picture(io.BytesIO(content), int(side))._asdict()
    master, preview = facts.pop("content"), facts.pop("preview")
    return {**facts, "master_bytes": len(master)}, master + preview


if __name__ == "__main__":
    Image.preinit()  # Pillow would load JPEG and PNG at their first use
    main({"picture": picture}, *sys.argv[1:])
