"""A scratch site is served, Chromium is driven as staff would, pictures are taken."""

import argparse
import sys
import tempfile

from playwright.sync_api import Error, expect, sync_playwright

from tests.guide.camera import Camera
from tests.guide.scenes import SCENES
from tests.guide.scratch_site import make_photographs, serve

WIDTH = 1000  # narrow, so that letters stay legible where a chapter shows the picture
# Fields for files and dates speak Russian where the browser has its languages: chromium-l10n.
FLAGS = ["--no-sandbox", "--disable-gpu", "--lang=ru"]


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.guide", description=__doc__)
    parser.add_argument("scenes", nargs="*", help=f"all, or some of: {', '.join(SCENES)}")
    scenes, camera = parser.parse_args().scenes or list(SCENES), Camera()
    expect.set_options(timeout=60_000)
    with (
        tempfile.TemporaryDirectory() as data,
        tempfile.TemporaryDirectory() as files,
        serve(data) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        run_scenes(scenes, browser, address, camera, make_photographs(files))
        browser.close()
    print(f"Pictures taken: {len(camera.taken)}.")
    if camera.failures:
        lines = [f"{name}: {why}" for name, why in camera.failures.items()]
        sys.exit("\n".join(["Not taken, the former ones stay:", *lines]))


def run_scenes(scenes, browser, address, camera, photographs):
    def open_page():
        context = browser.new_context(
            base_url=address,
            viewport={"width": WIDTH, "height": 800},
            device_scale_factor=2,
            color_scheme="light",
            reduced_motion="reduce",
            locale="ru-RU",
            timezone_id="Europe/Saratov",
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    for scene in scenes:
        try:
            SCENES[scene](open_page, camera, photographs)
        except (Error, AssertionError) as error:
            camera.failures[f"scene {scene}"] = str(error).splitlines()[0]
