"""Starts every server, sends requests to all of them by turns, prints the table."""

import json
import os
from contextlib import ExitStack

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from news.models import Photo, Post
from tests.bench.rivals import goals, wagtail_server
from tests.bench.rivals.load import Target, send
from tests.bench.rivals.photographs import compare_photographs
from tests.bench.rivals.servers import Server, gunicorn, serve, serve_behind_nginx, serve_files
from tests.bench.rivals.suggestions import send_suggestions
from tests.bench.rivals.wagtail_site import bakerydemo
from tests.nginx_site import NGINX
from tests.stress.site import Site

BROTLI = {"Accept-Encoding": "br"}
# The store takes no request with this condition: Django renders the page.
RENDERED = {**BROTLI, "If-Unmodified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
OF_GUNICORN = {"server", "date", "connection"}
POST_WORD = "круглый стол"


def compare(folder, kept, options):
    """The Rows of the printed table; what is `kept` between runs is Wagtail's environment."""
    needs_packages = not {"wagtail", "photographs"} <= set(options.without)
    is_installed = needs_packages and wagtail_server.install(kept)
    fill()
    with ExitStack() as stack:
        site = stack.enter_context(Site(settings.DATA_DIR, f"sqlite:///{database()}"))
        own = Server(site.address[1], [site.process.pid])
        targets = list_own(own)
        _, headers, home = own.get("/", BROTLI)
        bare = stack.enter_context(serve_bare(folder / "bare", headers, home))
        targets.append(Target(goals.BARE, bare, "/", BROTLI))
        conditions = [f"{os.cpu_count()} processors", f"{options.connections} connections"]
        if "nginx" not in options.without and has_nginx():
            targets += list_nginx(stack, folder, home, own, bare)
        if "wagtail" not in options.without and is_installed:
            targets += list_wagtail(stack.enter_context(wagtail_server.serve_wagtail(kept, folder)))
            conditions.append(wagtail_server.read_version(kept))
        rows = goals.make_rows(measure(targets, options))
        rows.append(send_suggestions(site, options.senders))
    if "photographs" not in options.without and is_installed:
        python, photographs = kept / "bin" / "python", folder / "photographs"
        rows += compare_photographs(python, photographs, options.rounds)
    goals.print_rows(rows, ", ".join(conditions))
    return rows


def measure(targets, options):
    """{name: the Loads of all rounds}."""
    for target in targets:  # each process has yet to store its pages and to load its templates
        send(target, 1, options.connections)
    loads = {target.name: [] for target in targets}
    for _ in range(options.rounds):
        for target in targets:
            loads[target.name].append(send(target, options.seconds, options.connections))
    return loads


def fill():
    """The demo site. Pages name the renditions of its photographs, whose files nobody asks for."""
    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("demo", stdout=nowhere)
    Photo.objects.update(renditions_due_at=None)
    connection.close()


def database():
    return connection.settings_dict["NAME"]


def list_own(server):
    headers = server.get("/", BROTLI)[1]
    known = {**BROTLI, "If-None-Match": headers["ETag"]}
    published = Post.objects.published()
    post = published.filter(title__icontains=POST_WORD).first() or published.first()
    photograph = Photo.objects.filter(post=post).first()
    pages = {
        goals.OWN_HOME: "/",
        goals.OWN_LIST: reverse("news:post_list"),
        goals.OWN_POST: post.get_absolute_url(),
    }
    return [
        Target(goals.STORED, server, "/", BROTLI),
        Target(goals.UNCHANGED, server, "/", known, 304),
        *(Target(name, server, path, RENDERED) for name, path in pages.items()),
        Target("form of suggestions", server, reverse("feedback:suggestion_form"), BROTLI),
        Target("photograph", server, photograph.small_url),
    ]


def serve_bare(folder, headers, body):
    """The Server of an application that answers with these bytes and does nothing else."""
    folder.mkdir()
    (folder / "body").write_bytes(body)
    kept = [(name, value) for name, value in headers.items() if name.lower() not in OF_GUNICORN]
    (folder / "headers").write_text(json.dumps(kept))
    command = gunicorn("--max-requests=0", "tests.bench.rivals.bare:application")
    return serve(command, folder, BARE_FOLDER=str(folder))


def has_nginx():
    if not NGINX:
        print("nginx is left out: not found. On Debian and Ubuntu: apt install nginx-light")
    return bool(NGINX)


def list_nginx(stack, folder, home, own, bare):
    files = stack.enter_context(serve_files(folder / "files", home))
    stored = stack.enter_context(serve_behind_nginx(folder / "stored", own))
    same = stack.enter_context(serve_behind_nginx(folder / "same", bare))
    return [
        Target(goals.NGINX, files),
        Target(goals.STORED_BEHIND, stored, "/", BROTLI),
        Target(goals.BARE_BEHIND, same, "/", BROTLI),
    ]


def list_wagtail(server):
    return [
        Target(goals.HOME, server, bakerydemo.HOME),
        Target(goals.LIST, server, bakerydemo.LIST),
        Target(goals.POST, server, bakerydemo.POST),
        Target("Wagtail: home with our content", server, bakerydemo.HOME_AS_OURS),
        Target("Wagtail: list with our content", server, bakerydemo.LIST_AS_OURS),
    ]
