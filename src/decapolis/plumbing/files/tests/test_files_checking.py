"""What is taken, and what is refused: by content, whatever it calls itself."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from decapolis.plumbing.files import papers, tables
from decapolis.plumbing.files.checking import BEGINNINGS, check
from decapolis.plumbing.files.kinds import MEDIA, PICTURES, FileRefused, Kind, Limits
from decapolis.plumbing.files.tests import made

ALL = Limits(frozenset(Kind))
MAP = b'{"type": "FeatureCollection", "features": []}'
HTML_IN_IT = b"<html><script>alert(1)</script></html>"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.picture(), Kind.PNG),
        (made.picture("JPEG"), Kind.JPEG),
        (made.picture("WEBP"), Kind.WEBP),
        (made.pdf(), Kind.PDF),
        (b"name,people\nQuay,210\n", Kind.CSV),
        ('\ufeffnom,"a\nb"\nQuai,été\n'.encode(), Kind.CSV),
        (MAP, Kind.GEOJSON),
        (made.workbook(), Kind.XLSX),
    ],
)
def test_what_is_whole_is_taken_as_what_it_is(content, kind):
    assert check(content, ALL).kind == kind


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not taken here"),
        (b"GIF89a" + b"\0" * 40, "not taken here"),
        (b"MZ\x90\0", "not taken here"),
        (made.bomb(), "too many pixels"),
        (made.picture()[:60], "damaged"),
        (made.picture("JPEG")[:200], "damaged"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + HTML_IN_IT, "damaged"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, said):
    with pytest.raises(FileRefused) as refusal:
        check(content, Limits(PICTURES))
    assert said in str(refusal.value.reason)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nnothing\n%%EOF",
        made.pdf()[:200],
        made.pdf() + made.workbook(),
        made.pdf() + HTML_IN_IT,
        HTML_IN_IT + made.pdf(),
        made.acting_pdf(),
        made.carrying_pdf(),
        made.locked_pdf(),
    ],
)
def test_a_pdf_that_is_broken_two_things_or_acts_is_refused(content):
    with pytest.raises(FileRefused, match="PDF"):
        papers.checked(content)


@pytest.mark.parametrize(
    "content",
    [
        made.workbook()[:80],
        b"PK\x03\x04" + b"\0" * 50,
        made.workbook(**{"xl/vbaProject.bin": b"macro"}),
        made.workbook(**{"xl/embeddings/object1.docx": b"other"}),
        made.workbook(**{"../../etc/passwd": b"x"}),
        made.workbook(**{"/etc/cron.d/x": b"x"}),
        made.workbook(**{"xl\\..\\x": b"x"}),
        made.workbook(**{"xl/workbook.xml": made.BILLION_LAUGHS}),
        made.workbook(**{"xl/sheet1.xml": b"<a><b></a>"}),
        made.workbook(**{f"xl/{number}.txt": b"" for number in range(1_001)}),
    ],
)
def test_a_workbook_that_is_broken_or_more_than_a_workbook_is_refused(content):
    with pytest.raises(FileRefused, match="workbook"):
        check(content, ALL)


def test_an_archive_that_grows_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr(tables, "MOST_UNPACKED", 3_000_000)
    content = made.workbook(**{"xl/big.txt": b"\0" * 4_000_000})

    assert len(content) < 10_000
    with pytest.raises(FileRefused, match="grows"):
        check(content, ALL)


@pytest.mark.parametrize(
    "content",
    [b"a,b\n1\n", b"\xff\xfe\0a", b"a,b\0\n", b'a,"b\nc', b"   \n", b"a\x1b[2J,b\n"],
)
def test_text_that_is_no_table_is_refused(content):
    with pytest.raises(FileRefused):
        check(content, Limits(frozenset({Kind.CSV})))


@pytest.mark.parametrize(
    "content", [b"{}", b'{"type": "Topology"}', b'{"type": "Feature", "features": 3}', b"{" * 9_000]
)
def test_json_that_is_no_map_is_refused(content):
    with pytest.raises(FileRefused, match="GeoJSON"):
        check(content, ALL)


def test_what_a_caller_does_not_take_is_refused_with_what_it_takes():
    with pytest.raises(FileRefused, match="Taken are: CSV, PDF"):
        check(made.picture(), Limits(frozenset({Kind.CSV, Kind.PDF})))


def test_a_file_that_is_too_large_is_refused_before_it_is_read():
    with pytest.raises(FileRefused, match=r"larger than the 0\.001 MB"):
        check(made.bomb() + b"\0" * 1_000, Limits(PICTURES, size=1_000))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_tells_no_place_no_name_and_no_camera(kind):
    given = made.picture_with_place(kind)
    kept = check(given, ALL).content

    assert b"Mona Petit" in given
    assert b"Mona" not in kept
    assert b"Camera" not in kept
    with Image.open(BytesIO(kept)) as read:
        assert dict(read.getexif()) == {}
        assert read.size == (30, 40)  # turned upright, as the camera said


def test_a_picture_with_something_behind_it_is_a_picture_alone():
    kept = check(made.picture() + HTML_IN_IT + made.workbook(), ALL).content

    assert HTML_IN_IT not in kept
    assert b"PK\x03\x04" not in kept


def test_a_large_picture_is_made_smaller_and_a_clear_one_stays_clear():
    kept = check(made.picture(size=(400, 100), mode="RGBA"), Limits(PICTURES, side=100))

    assert (kept.width, kept.height) == (100, 25)
    with Image.open(BytesIO(kept.content)) as read:
        assert read.mode == "RGBA"
        assert read.getchannel("A").getextrema() == (128, 128)


@given(content=st.binary(max_size=300), beginning=st.sampled_from([b"", b"{", *(first for first, _ in BEGINNINGS)]))
def test_whatever_is_handed_in_is_taken_or_refused_with_a_reason(content, beginning):
    try:
        said = MEDIA[check(beginning + content, ALL).kind]
    except FileRefused as refusal:
        said = str(refusal.reason)
    assert said.endswith(".") or said in MEDIA.values()
