"""Which changes the comparison of snapshots reports."""

import pytest

from tests.bench.crawl.snapshots import compare, visible_lines

HEAD = "GET /\n200\nContent-Type: text/html; charset=utf-8\n\n"


def lines_of(page):
    return visible_lines(page, "Content-Type: text/html")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>a <b>b</b></p>\n<p>c</p>", "<p>\n a\n <b>b</b>\n</p><p>c</p>"),
        ("<div>\n <a href='x'>t</a>\n</div>", "<div><a\n href='x'>t</a></div>"),
        ("<p><span> a </span></p>", "<p><span>a</span></p>"),
        ("<p>a <b> b</b></p>", "<p>a <b>b</b></p>"),
        ("<button>\n a\n</button> x", "<button>a</button> x"),
        ("<svg> <path d='M 1\n2'/> </svg> y", "<svg><path d='M 1 2'></path></svg> y"),
        ("<p class='a  b'>x</p>", "<p class='a b'>x</p>"),
        ("<head>\n<title> x </title>\n</head>", "<head><title>x</title></head>"),
        (
            '<script type="application/ld+json">{"a": 1}</script>',
            '<script type="application/ld+json">\n{"a":1}\n</script>',
        ),
    ],
)
def test_invisible_white_space_is_not_a_difference(old, new):
    assert lines_of(old) == lines_of(new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>a <b>b</b></p>", "<p>a<b>b</b></p>"),
        ("<a>a</a> <a>b</a>", "<a>a</a><a>b</a>"),
        ("<label>x</label> <input>", "<label>x</label><input>"),
        ("<p>x <svg></svg> y</p>", "<p>x <svg></svg>y</p>"),
        ("<button>a</button> x", "<button>a</button>x"),
        ("<p class='plain-text'>a\nb</p>", "<p class='plain-text'>a b</p>"),
        ("<textarea>\n\na</textarea>", "<textarea>a</textarea>"),
        ("<p>a&nbsp;b</p>", "<p>a b</p>"),
        ("<img> <img>", "<img><img>"),
        ("<a>x <img></a>", "<a>x<img></a>"),
        ("<p>a <b>b</b></p>", "<p>a<b> b</b></p>"),
        ("<p>a</p>", "<div>a</div>"),
        ("<a href='x'>a</a>", "<a href='y'>a</a>"),
    ],
)
def test_visible_white_space_and_other_changes_are_differences(old, new):
    assert lines_of(old) != lines_of(new)


@pytest.mark.parametrize(
    ("answer", "found", "status"),
    [
        (f"{HEAD}<p>a</p>", "bytes: 0", 0),
        (f"{HEAD}<p>\na</p>", "bytes: 1", 0),
        (f"{HEAD}<p>b</p>", "visible: 1", 1),
        (f"{HEAD.replace('200', '404')}<p>a</p>", "headers: 1", 1),
    ],
)
def test_the_comparison_counts_each_kind_of_difference(tmp_path, capsys, answer, found, status):
    for folder, text in (("old", f"{HEAD}<p>a</p>"), ("new", answer)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "GET ~.txt").write_text(text)
    assert compare(tmp_path / "old", tmp_path / "new") == status
    assert f"{found}\n" in capsys.readouterr().out


def test_the_comparison_names_additional_and_missing_responses(tmp_path, capsys):
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{folder}.txt").write_text(HEAD)
    assert compare(tmp_path / "old", tmp_path / "new") == 1
    assert capsys.readouterr().out.startswith("additional: new.txt\nmissing: old.txt\n")
