"""Our renditions of a photograph of 12 million pixels beside vipsthumbnail's, alike in quality.

For each format vipsthumbnail gets the lowest setting of quality at which its picture looks no worse
than ours to the eye. SSIMULACRA2 judges that, against the same picture resized without loss.
"""

import resource
import shutil
import subprocess
import time
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from college_site.uploads.pictures.images import clean_picture
from college_site.uploads.pictures.picture_cleaning import ENCODINGS
from college_site.uploads.pictures.renditions import (
    make_renditions,
    rendition_name,
    rendition_widths,
)
from tests.bench.rivals.goals import Row
from tests.bench.rivals.wagtail_server import PICTURES

PIXELS = (4000, 3000)
JUDGED = 960  # pixels: the width of the pictures that are judged
MOST_TIME = 1.2  # of vipsthumbnail's
QUALITIES = (35, 45, 50, 55, 60, 65, 70, 74, 78, 82, 86, 90)
FORMATS = {  # besides the quality, the effort of our encoders
    "avif": "effort=2,strip",
    "webp": "effort=4,strip",
    "jpg": "optimize_coding,interlace,strip",
}
MASTER = "photos/rivals/master.jpg"
JUDGE = """
import sys
from ssimulacra2 import compute_ssimulacra2_with_alpha
for path in sys.argv[2:]:
    print(compute_ssimulacra2_with_alpha(sys.argv[1], path))
"""


def compare_photographs(python, folder):
    """The Row of our renditions; `python` is an interpreter with the package ssimulacra2."""
    if not shutil.which("vipsthumbnail"):
        print("Photographs are left out: no vipsthumbnail. Debian: apt install libvips-tools")
        return []
    folder.mkdir()
    photograph = make_photograph(folder)
    start = time.process_time()
    with photograph.open("rb") as file:
        cleaned = clean_picture(ContentFile(file.read()))
    default_storage.save(MASTER, cleaned)
    make_renditions(MASTER)
    own = time.process_time() - start
    master = Path(default_storage.path(MASTER))
    qualities = {each: match_quality(python, master, each, folder) for each in ENCODINGS}
    start = spent_by_children()
    run_vips(photograph, 2560, folder / "master.jpg", FORMATS["jpg"], 90)
    sizes = {}
    for width in rendition_widths(cleaned.width):
        for extension, quality in qualities.items():
            made = folder / f"{width}.{extension}"
            run_vips(master, width, made, FORMATS[extension], quality)
            ours = Path(default_storage.path(rendition_name(MASTER, width, extension)))
            before = sizes.get(extension, (0, 0))
            sizes[extension] = (before[0] + ours.stat().st_size, before[1] + made.stat().st_size)
    return [make_row(own, spent_by_children() - start, sizes, qualities)]


def make_row(own, rival, sizes, qualities):
    """The Row for the seconds of both and {format: the bytes of both}."""
    larger = {each: ours / theirs for each, (ours, theirs) in sizes.items()}
    ratios = [f"{each} {ratio:.2f} of Q={qualities[each]}" for each, ratio in larger.items()]
    return Row(
        "photograph of 12 Mpx, renditions",
        "",
        f"{1000 * own:,.0f}",
        f"time {own / rival:.2f}; bytes {', '.join(ratios)}",
        f"≤ {MOST_TIME:g} × vipsthumbnail's time, no larger",
        own / rival <= MOST_TIME and max(larger.values()) <= 1,
    )


def make_photograph(folder):
    """The path of a JPEG with the fine grain that cameras leave."""
    image = Image.open(PICTURES[0]).convert("RGB").resize(PIXELS, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(PIXELS, 24).convert("RGB")
    path = folder / "photograph.jpg"
    Image.blend(image, grain, 0.06).save(path, "JPEG", quality=92)
    return path


def match_quality(python, master, extension, folder):
    """The lowest quality at which vipsthumbnail's picture looks no worse than ours."""
    lossless = folder / "lossless.png"
    picture = Image.open(master)
    size = (JUDGED, round(picture.height * JUDGED / picture.width))
    picture.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0).save(lossless)
    ours = Path(default_storage.path(rendition_name(MASTER, JUDGED, extension)))
    made = {quality: folder / f"judged-{quality}.{extension}" for quality in QUALITIES}
    for quality, path in made.items():
        run_vips(master, JUDGED, path, FORMATS[extension], quality)
    goal, *scores = judge(python, lossless, [ours, *made.values()])
    good = [quality for quality, score in zip(QUALITIES, scores, strict=True) if score >= goal]
    return min(good, default=QUALITIES[-1])


def judge(python, lossless, paths):
    """The scores of SSIMULACRA2, up to 100; read from PNG, as its package knows no AVIF."""
    readable = []
    for path in paths:
        readable.append(path.with_suffix(f"{path.suffix}.png"))
        Image.open(path).convert("RGB").save(readable[-1])
    done = subprocess.run(
        [python, "-c", JUDGE, lossless, *readable], capture_output=True, text=True, check=True
    )
    return [float(line) for line in done.stdout.split()]


def run_vips(source, width, path, options, quality):
    target = f"{path}[Q={quality},{options}]"
    subprocess.run(["vipsthumbnail", source, "-s", f"{width}x", "-o", target], check=True)


def spent_by_children():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
