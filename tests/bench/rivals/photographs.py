"""Our renditions of photographs of 12 million pixels beside vipsthumbnail's, alike in quality.

For each format and width vipsthumbnail gets the lowest setting of quality at which its picture
looks no worse than ours to the eye. SSIMULACRA2 judges both against the same picture without loss,
which vipsthumbnail has resized. Drawings tell nothing: their even areas favour other encoders.
"""

import resource
import shutil
import subprocess
import time
from bisect import bisect_left
from pathlib import Path
from statistics import median

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

NATURE = Path("/usr/share/backgrounds/mate/nature")  # Debian's package mate-backgrounds
PHOTOGRAPHS = [NATURE / "Dune.jpg", NATURE / "Garden.jpg", NATURE / "Storm.jpg"]
PIXELS = 12_000_000
MOST_TIME = 1.2  # of vipsthumbnail's
QUALITIES = range(30, 97)
FORMATS = {  # besides the quality; with the usual effort of 4 its AVIF takes three times as long
    "avif": "effort=2,strip",
    "webp": "effort=4,strip",
    "jpg": "optimize_coding,interlace,strip",
}
MASTER = "photos/rivals/master.jpg"
JUDGE = """
import sys
from ssimulacra2 import compute_ssimulacra2_with_alpha
print(compute_ssimulacra2_with_alpha(*sys.argv[1:]))
"""


def compare_photographs(python, folder, rounds):
    """A Row for each photograph; `python` is an interpreter with the package ssimulacra2."""
    if not shutil.which("vipsthumbnail"):
        print("Photographs are left out: no vipsthumbnail. Debian: apt install libvips-tools")
        return []
    if not all(path.exists() for path in PHOTOGRAPHS):
        print(f"Photographs are left out: none in {NATURE}. Debian: apt install mate-backgrounds")
        return []
    folder.mkdir()
    return [compare_photograph(python, path, folder, rounds) for path in PHOTOGRAPHS]


def compare_photograph(python, path, folder, rounds):
    print(f"Judging {path.name}: this takes some minutes.", flush=True)
    photograph = enlarge(path, folder)
    render(photograph)
    master = Path(default_storage.path(MASTER))
    with Image.open(master) as picture:
        widths = rendition_widths(picture.width)
    lossless = make_lossless(master, widths, folder)
    pairs = [(width, extension) for width in widths for extension in ENCODINGS]
    qualities = {
        (width, extension): match_quality(python, master, width, extension, lossless[width])
        for width, extension in pairs
    }
    spent = [compare_time(photograph, master, qualities, folder) for _ in range(rounds)]
    sizes = {}
    for width, extension in pairs:
        theirs = (folder / f"{width}.{extension}").stat().st_size
        sizes[width, extension] = find_rendition(width, extension).stat().st_size / theirs
    return make_row(path.stem, spent, sizes)


def compare_time(photograph, master, qualities, folder):
    """(our seconds of processor time, vipsthumbnail's) for the same files."""
    start = time.process_time()
    render(photograph)
    own = time.process_time() - start
    start = spent_by_children()
    run_vips(photograph, 2560, folder / "master.jpg", FORMATS["jpg"], 90)
    for (width, extension), quality in qualities.items():
        made = folder / f"{width}.{extension}"
        run_vips(master, width, made, FORMATS[extension], quality)
    return own, spent_by_children() - start


def render(photograph):
    """Store the master of a photograph and its renditions."""
    cleaned = clean_picture(ContentFile(photograph.read_bytes()))
    default_storage.delete(MASTER)
    default_storage.save(MASTER, cleaned)
    make_renditions(MASTER)


def find_rendition(width, extension):
    return Path(default_storage.path(rendition_name(MASTER, width, extension)))


def make_row(name, spent, sizes):
    """The Row for [the seconds of both] and {(width, format): our bytes for one of theirs}."""
    slower = median(ours / theirs for ours, theirs in spent)
    found = []
    for extension in ENCODINGS:
        ratios = [ratio for (_, each), ratio in sizes.items() if each == extension]
        found.append(f"{extension} {min(ratios):.2f}–{max(ratios):.2f}")
    return Row(
        f"photograph of 12 Mpx ({name}), renditions",
        "",
        f"{1000 * median(own for own, _ in spent):,.0f}",
        f"time {slower:.2f}; bytes {', '.join(found)}",
        f"≤ {MOST_TIME:g} × vipsthumbnail's time, no larger",
        slower <= MOST_TIME and max(sizes.values()) <= 1,
    )


def enlarge(path, folder):
    """The path of a JPEG of PIXELS, with the fine grain that cameras leave."""
    with Image.open(path) as picture:
        factor = (PIXELS / (picture.width * picture.height)) ** 0.5
        size = (round(picture.width * factor), round(picture.height * factor))
        image = picture.convert("RGB").resize(size, Image.Resampling.BICUBIC)
    grain = Image.effect_noise(size, 24).convert("RGB")
    enlarged = folder / path.name
    Image.blend(image, grain, 0.06).save(enlarged, "JPEG", quality=92)
    return enlarged


def make_lossless(master, widths, folder):
    """{width: the path of the picture that vipsthumbnail resized without loss}."""
    full = folder / "full.png"
    with Image.open(master) as picture:
        picture.save(full)
    paths = {width: folder / f"lossless-{width}.png" for width in widths}
    for width, path in paths.items():
        subprocess.run(["vipsthumbnail", full, "-s", f"{width}x", "-o", path], check=True)
    return paths


def match_quality(python, master, width, extension, lossless):
    """The lowest quality at which vipsthumbnail's picture looks no worse than ours."""
    goal = judge(python, lossless, find_rendition(width, extension))

    def score(quality):
        path = lossless.with_name(f"judged.{extension}")
        run_vips(master, width, path, FORMATS[extension], quality)
        return judge(python, lossless, path)

    return QUALITIES[min(bisect_left(QUALITIES, goal, key=score), len(QUALITIES) - 1)]


def judge(python, lossless, path):
    """The score of SSIMULACRA2, up to 100; read from PNG, as its package knows no AVIF."""
    readable = path.with_suffix(f"{path.suffix}.png")
    with Image.open(path) as picture, Image.open(lossless) as same:
        # Both round the height in their own way, by one row at most.
        picture.convert("RGB").resize(same.size).save(readable)
    done = subprocess.run(
        [python, "-c", JUDGE, lossless, readable], capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def run_vips(source, width, path, options, quality):
    target = f"{path}[Q={quality},{options}]"
    subprocess.run(["vipsthumbnail", source, "-s", f"{width}x", "-o", target], check=True)


def spent_by_children():
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
