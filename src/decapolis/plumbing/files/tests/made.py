"""Files as people and as attackers make them."""

import zipfile
from io import BytesIO
from zlib import compress, crc32

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

TYPES = b"<?xml version='1.0'?><Types/>"
BOOK = b"<?xml version='1.0'?><workbook><sheets/></workbook>"
BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>"""


def picture(kind="PNG", size=(40, 30), mode="RGB", **more):
    made = BytesIO()
    Image.new(mode, size, (13, 92, 88, 128)[: len(mode)]).save(made, kind, **more)
    return made.getvalue()


def picture_with_place(kind="JPEG"):
    """A picture that says where it was taken, by whom, and with what."""
    exif = Image.Exif()
    exif[0x010F], exif[0x013B], exif[0x0112] = "Camera 9000", "Mona Petit", 6
    exif.get_ifd(0x8825).update({1: "N", 2: (50.0, 24.0, 36.0), 3: "E", 4: (5.0, 48.0, 0.0)})
    return picture(kind, exif=exif)


def bomb():
    """A picture of 60,000 x 60,000 pixels in some hundred bytes."""

    def chunk(name, data):
        return len(data).to_bytes(4, "big") + name + data + crc32(name + data).to_bytes(4, "big")

    size = (60_000).to_bytes(4, "big") * 2
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\x08\x02\0\0\0")
        + chunk(b"IDAT", compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


def pdf(**entries):
    """A page, and what else is to stand in the catalogue."""
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    for name, value in entries.items():
        writer._root_object[NameObject(f"/{name}")] = value
    writer.write(made)
    return made.getvalue()


def acting_pdf():
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    return pdf(OpenAction=DictionaryObject(script))


def carrying_pdf():
    carried = DecodedStreamObject()
    carried.set_data(b"MZ")
    carried[NameObject("/Type")] = NameObject("/EmbeddedFile")
    return pdf(Carried=carried)


def locked_pdf():
    writer, made = PdfWriter(), BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    return made.getvalue()


def workbook(**parts):
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": TYPES, "xl/workbook.xml": BOOK, **parts}.items():
            dated = zipfile.ZipInfo(name)  # of 1980: the same bytes whenever they are made
            archive.writestr(dated, content, compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()
