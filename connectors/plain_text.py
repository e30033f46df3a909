"""Text of a registry as plain text: no HTML, no entities, no backslashes of Markdown; comparisons stay as they are."""

import html
import re

_SILENT = re.compile(r"<(script|style|head|iframe|object)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_POWER = re.compile(r"(?<=\d)\s*<sup>\s*([-+]?\d+)\s*</sup>", re.IGNORECASE)
_ATTRIBUTES = r"(?:\s++[^<>=]*+=[^<>]*+|\s*+/?)>"
"""A tag holds nothing, or attributes: « a <b and c> d » is no tag."""

_LINE = re.compile(r"</?(?:p|br|div|li|ul|ol|tr|table|tbody|thead|h[1-6]|hr)" + _ATTRIBUTES, re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:a|abbr|b|body|center|em|embed|font|form|html|i|iframe|img|input|link|meta|object|q|s|script|small|span|"
    r"strike|strong|style|sub|sup|svg|td|th|tt|u|video)" + _ATTRIBUTES + r"|<!--.*?(?:-->|\Z)|<!doctype[^<>]*>",
    re.IGNORECASE | re.DOTALL,
)
_UNIT = re.compile(r"(?<=[a-zA-Z])\^(?=\d)")
_ESCAPED = re.compile(r"\\([\\<>\[\]()*_#&^~`|+.!{}=-])")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"(?<=\S)[^\S\n]+")
_ENDS = re.compile(r"(?<![^\S\n])[^\S\n]++$", re.MULTILINE)
_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """The text that a reader sees: « < 2 » and « > 100 » are comparisons, not tags.

    10<sup>9</sup> is 10^9, mm^3 is mm3, and the indentation of lists is kept. Entities are resolved once tags are out,
    and once only: what they spell is text, not markup.
    """
    text = _SILENT.sub(" ", text)
    text = _POWER.sub(r"^\1", text)
    text = _TAG.sub("", _LINE.sub("\n", text))
    text = _UNIT.sub("", _ESCAPED.sub(r"\1", html.unescape(text)))
    text = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _LINES.sub("\n\n", _ENDS.sub("", _SPACES.sub(" ", text))).strip()
