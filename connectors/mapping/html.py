"""Text out of HTML: blocks become lines, what is no tag of HTML stays as it was written."""

import re
from html.parser import HTMLParser

_BLOCK_NAMES = """p div br li ul ol dl dt dd tr table thead tbody h1 h2 h3 h4 h5 h6 hr section article header footer
blockquote pre address form fieldset"""
_INLINE_NAMES = """a abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark q s samp small span
strike strong sub sup td th time tt u var wbr caption col colgroup center html body head meta link title input button
o:p"""
_BLOCKS, _INLINE = frozenset(_BLOCK_NAMES.split()), frozenset(_INLINE_NAMES.split())
_UNSEEN = frozenset(("script", "style", "template"))
_SPACES = re.compile(r"[ \t\r\f\v\u00a0]+")
_LINES = re.compile(r" *\n[ \n]*")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - attributes say nothing of the text
        if tag in _UNSEEN:
            self._unseen += 1
        else:
            self._tag(tag, self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the same
        if tag not in _UNSEEN:
            self._tag(tag, self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in ("td", "th"):
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.pieces.append(data)

    def _tag(self, tag: str, written: str) -> None:
        if tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag not in _INLINE:
            self.pieces.append(written)  # « plaquettes <LSN et > 100 » is no tag


def text_of_html(html: str) -> str:
    """The text of a piece of HTML, one line a block, without what is never seen (scripts, styles, comments)."""
    reader = _Reader()
    reader.feed(html.replace("\n", " ") if _has_blocks(html) else html)
    reader.close()
    text = _SPACES.sub(" ", "".join(reader.pieces))
    return _LINES.sub("\n", text).strip()


def _has_blocks(html: str) -> bool:
    """Whether lines are told by tags; else the line breaks of the source are its lines."""
    return re.search(r"<(?:p|br|li|div|tr|h[1-6])\b", html, re.IGNORECASE) is not None
