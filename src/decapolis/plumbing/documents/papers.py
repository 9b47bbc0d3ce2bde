"""Documents to file or print: a title, paragraphs and a table, as PDF that screen readers can read (PDF/UA-1)."""

import json
from dataclasses import asdict, dataclass

import typst

from decapolis.plumbing.documents.pictures import PictureError, fonts

# Everything that varies comes in as data, never as markup: nobody's words can be taken for a command.
PAGE = """
#let paper = json(bytes(sys.inputs.paper))
#let turned = if paper.language == "ar" { rtl } else { ltr }
#set document(title: paper.title, date: none)
#set text(font: ("Inter", "Noto Sans Arabic"), fallback: false, size: 10.5pt, lang: paper.language, dir: turned)
#set page(paper: "a4", margin: 25mm, numbering: "1")
#set par(leading: 0.75em)
#heading(level: 1, paper.title)
#v(4mm)
#for words in paper.paragraphs { par(words) }
#if paper.rows.len() > 0 {
  v(4mm)
  table(
    columns: paper.head.len(),
    stroke: (x: none, y: 0.5pt + luma(180)),
    inset: (x: 6pt, y: 7pt),
    align: start,
    table.header(..paper.head.map(cell => strong(cell))),
    ..paper.rows.flatten(),
  )
}
"""


@dataclass(frozen=True)
class Paper:
    """What stands on a document. `language` is a code like ``fr``; each of `rows` has as many cells as `head`."""

    title: str
    language: str
    paragraphs: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def paper(content: Paper) -> bytes:
    """Set a document as PDF/UA-1. Anything the typesetter warns of, a missing font above all, is an error."""
    try:
        made, warnings = typst.compile_with_warnings(
            PAGE.encode(),
            font_paths=fonts(),
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"paper": json.dumps(asdict(content))},
        )
    except typst.TypstError as error:
        raise PictureError("The document cannot be set.") from error
    if warnings:
        raise PictureError("; ".join(warning.message for warning in warnings))
    return bytes(made)
