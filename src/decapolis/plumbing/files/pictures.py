"""Pictures: read, turned upright, made smaller where they are too large, and made anew from their pixels alone."""

import warnings
from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from decapolis.plumbing.files.kinds import Checked, FileRefused, Kind, Limits

FORMATS = {"PNG": Kind.PNG, "JPEG": Kind.JPEG, "WEBP": Kind.WEBP}
QUALITY = 88
BROKEN = _("This picture is damaged or not whole. Open it in a program for pictures, save it again, and send that.")
LARGE = _("This picture has too many pixels. Make it smaller and send it again.")


def remade(content: bytes, limits: Limits) -> Checked:
    """Picture made anew: same kind, same pixels, nothing else. Pixels are counted before any is read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large pictures; we refuse them
            return _remade(content, limits)
    except Image.DecompressionBombError:
        raise FileRefused(LARGE) from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        raise FileRefused(BROKEN) from None


def _remade(content: bytes, limits: Limits) -> Checked:
    with Image.open(BytesIO(content), formats=tuple(FORMATS)) as given:
        if given.width * given.height > limits.pixels:
            raise FileRefused(LARGE)
        kind, made_as = FORMATS[str(given.format)], str(given.format)
        given.load()
        picture = _bare(ImageOps.exif_transpose(given), kind)
    picture.thumbnail((limits.side, limits.side))
    made = BytesIO()
    picture.save(made, format=made_as, quality=QUALITY)
    return Checked(kind, made.getvalue(), *picture.size)


def _bare(picture: Image.Image, kind: Kind) -> Image.Image:
    """Pixels alone, in a new picture: no place, no camera, no comment, no colour profile."""
    has_clear_parts = kind != Kind.JPEG and ("A" in picture.getbands() or "transparency" in picture.info)
    mode = "RGBA" if has_clear_parts else "RGB"
    pixels = picture.convert(mode)
    bare = Image.new(mode, pixels.size)
    bare.paste(pixels)
    return bare
