"""Pictures made of drawings, with our fonts alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from decapolis.plumbing.documents import pictures
from decapolis.plumbing.documents.pictures import PictureError, can_write, picture

DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="60" viewBox="0 0 200 60">'
    '<rect width="200" height="60" fill="#fff"/>'
    '<text x="10" y="40" font-family="Inter, Noto Sans Arabic" font-size="20">{text}</text></svg>'
)
PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def _fresh_fonts() -> Iterator[None]:
    pictures.fonts.cache_clear()
    pictures._letters.cache_clear()
    yield
    pictures.fonts.cache_clear()
    pictures._letters.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def _fonts_are_built() -> None:
    if finders.find(pictures.FONTS) is None:
        pytest.skip("The assets are not built: run script/setup.")


@pytest.mark.slow
def test_picture_is_a_png_of_twice_the_size() -> None:
    made = picture(DRAWING.format(text="Light"))

    assert made.startswith(PNG)
    assert int.from_bytes(made[16:20]) == pytest.approx(200 * 1.5, abs=2)


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Light", "Ещё", "مرحبا"])
def test_picture_draws_letters_of_our_fonts(text: str) -> None:
    blank = picture(DRAWING.format(text=""))

    assert picture(DRAWING.format(text=text)) != blank


@pytest.mark.slow
def test_picture_is_the_same_each_time() -> None:
    drawing = DRAWING.format(text="Light")

    assert picture(drawing) == picture(drawing)


@pytest.mark.slow
@pytest.mark.usefixtures("_fresh_fonts")
def test_picture_without_a_font_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(finders, "find", lambda _: str(tmp_path))

    with pytest.raises(PictureError, match="font"):
        picture(DRAWING.format(text="Light"))


@pytest.mark.usefixtures("_fresh_fonts")
def test_picture_before_the_assets_are_built_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "FONTS", "dist/nowhere")

    with pytest.raises(PictureError, match="script/setup"):
        picture(DRAWING.format(text="Light"))


@pytest.mark.slow
@pytest.mark.parametrize("broken", ["<svg", "", DRAWING.format(text="a\x01b"), DRAWING.format(text="a & b")])
def test_picture_of_a_broken_drawing_is_an_error(broken: str) -> None:
    with pytest.raises(PictureError, match="not one"):
        picture(broken)


@pytest.mark.parametrize(
    "text",
    [
        "two\nlines",
        "",
        "Straße, 88 % – “quoted” …",
        "Le dernier bus part trop tôt.",
        "يجب أن تبقى المكتبة",
        "می\u200cخواهم",
        "Ещё",
    ],
)
def test_can_write_what_our_fonts_have(text: str) -> None:
    assert can_write(text)


@pytest.mark.parametrize(
    "text",
    [
        "我覺得",
        "नमस्ते",
        "light 😀",
        "\ue000",
        "a\x01b",
        "a\x7fb",
        "a\u202eb",
        "a\u200bb",
        "a\ufeffb",
        "\u0941",
        "\u0c79",
        "㊿",
        "\U0001f10b",
        "\ufffe",
        "\ud800",
    ],
)
def test_can_write_not_what_they_have_not(text: str) -> None:
    assert not can_write(text)
