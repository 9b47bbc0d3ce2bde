"""Breaking text into lines where nothing else can do it: a picture has no browser that wraps."""

from unicodedata import bidirectional, category, east_asian_width

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of what follows, beyond the text that they stand in."""
NARROW, WIDE = frozenset("iljtfrI.,;:!|'’()[] "), frozenset("mwMW@%—…")


def width(text: str) -> float:
    """Estimate how wide a text is, in units of the font's size; rather too wide than too narrow."""
    return sum(map(_advance, text))


def break_lines(text: str, widest: float) -> tuple[str, ...]:
    """Break a text between words into lines of at most `widest`; a word that is longer is broken inside."""
    lines = [""]
    for piece in (part for word in text.split() for part in _fitting(word, widest)):
        joined = f"{lines[-1]} {piece}" if lines[-1] else piece
        if width(joined) <= widest:
            lines[-1] = joined
        else:
            lines.append(piece)
    return tuple(lines)


def shorten(text: str, longest: int) -> str:
    """Shorten a text to at most `longest` characters, between words, and say so by three dots."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    if text[longest - 1] != " " and " " in head:
        head = head.rsplit(" ", 1)[0]
    return head.rstrip(" ,;:.!?–-") + "…"


def plain(text: str) -> str:
    """Leave out what no drawing may hold: controls, halves of letters, and characters that turn the direction."""
    return "".join(" " if letter.isspace() else letter for letter in text if letter.isspace() or _is_drawn(letter))


def _is_drawn(letter: str) -> bool:
    is_noncharacter = 0xFDD0 <= ord(letter) <= 0xFDEF or ord(letter) & 0xFFFE == 0xFFFE
    return not is_noncharacter and category(letter) not in {"Cc", "Cs"} and letter not in TURNING


def _advance(letter: str) -> float:
    if east_asian_width(letter) in "WF":
        return 1.02
    if letter in NARROW:
        return 0.34
    if bidirectional(letter) == "AL":
        return 0.74
    if letter in WIDE or letter.isupper():
        return 0.9 if letter in WIDE else 0.72
    return 0.6


def _fitting(word: str, widest: float) -> list[str]:
    """Break one word into pieces that fit on a line."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter) > widest:
            pieces.append("")
        pieces[-1] += letter
    return pieces
