"""Several values in one cell: `a ; b`, `Poumon [C34, C39]`, `KRAS (G12C) : présent : >= 50 % [groupe]`.

A value that holds a sign of the notation stands between double quotes, doubled inside: `"a ; b"`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

_SIGNS = ";\n:()[],"
_OPEN, _CLOSE = "([", ")]"
_OPENING, _QUOTED = re.compile(r' *"'), re.compile(r'"((?:[^"]|"")*+)"')
_PIECE = re.compile(r"[;\n:()\[\],]|[^;\n:()\[\],]+")
_CODE = re.compile(r"[A-Za-z]\d[0-9A-Za-z]?(?:[.\-–][0-9A-Za-z.]+)*")
_PLAIN_CODE = re.compile(r"[0-9A-Za-z.\-–]+")


class NotationProblem(ValueError):
    """A cell that cannot be cut; the message says, in French, what would be right."""


@dataclass(frozen=True, slots=True)
class Token:
    """A sign, a run of text, or a text between quotes (never a sign)."""

    text: str
    quoted: bool = False

    def is_sign(self, signs: str) -> bool:
        """Whether this is one of these signs."""
        return not self.quoted and len(self.text) == 1 and self.text in signs


def tokens(text: str) -> list[Token]:
    """The signs and texts of a cell; a quote counts only where a value begins. Raises NotationProblem."""
    found: list[Token] = []
    position = 0
    while position < len(text):
        begins = not found or found[-1].is_sign(_SIGNS) or not found[-1].text.strip()
        opening = _OPENING.match(text, position) if begins else None
        if opening is not None:
            quoted, position = _quoted(text, opening.end() - 1)
            found.append(Token(quoted, quoted=True))
        else:
            piece = _PIECE.match(text, position)
            found.append(Token(piece[0] if piece else text[position]))
            position += len(found[-1].text)
    return found


def _quoted(text: str, start: int) -> tuple[str, int]:
    match = _QUOTED.match(text, start)
    if match is None:
        raise NotationProblem("un guillemet ouvert n'est pas refermé")
    return match[1].replace('""', '"'), match.end()


def split(found: Sequence[Token], signs: str) -> list[list[Token]]:
    """The runs between these signs, those inside brackets left alone, unless a bracket is never closed."""
    parts: list[list[Token]] = [[]]
    heed = _is_balanced(found)
    depth = 0
    for token in found:
        depth += token.is_sign(_OPEN) - token.is_sign(_CLOSE)
        if token.is_sign(signs) and not (heed and depth > 0):
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _is_balanced(found: Iterable[Token]) -> bool:
    depth = 0
    for token in found:
        depth += token.is_sign(_OPEN) - token.is_sign(_CLOSE)
        if depth < 0:
            return False
    return depth == 0


def value_of(found: Sequence[Token]) -> str:
    """The text of a run: what stands between quotes as it is, else without surrounding space."""
    said = [token for token in found if token.quoted or token.text.strip()]
    if len(said) == 1 and said[0].quoted:
        return said[0].text
    return "".join(token.text for token in found).strip()


def read_list(text: str) -> list[str]:
    """The values of a cell, cut at semicolons and line breaks. Raises NotationProblem."""
    return [value for part in split(tokens(text), ";\n") if (value := value_of(part))]


def read_places(text: str) -> list[dict[str, object]]:
    """Tumour sites: a label, and its codes in brackets. Raises NotationProblem."""
    return [_place(part) for part in split(tokens(text), ";\n") if value_of(part)]


def _place(part: Sequence[Token]) -> dict[str, object]:
    head, inner = _bracketed(part, "[", "]")
    if inner is None:
        head, inner = _bracketed(part, "(", ")")
        if inner is not None and not all(_CODE.fullmatch(code) for code in _codes(inner)):
            head, inner = list(part), None
    label, codes = value_of(head), _codes(inner or [])
    if not codes and _CODE.fullmatch(label) and not any(token.quoted for token in head):
        codes = [label]
    if not label and not codes:
        raise NotationProblem("une localisation est attendue, comme « Poumon [C34] »")
    return {"libelle": label or ", ".join(codes), **({"cim10": codes} if codes else {})}


def _codes(inner: Sequence[Token]) -> list[str]:
    codes: list[str] = []
    for part in split(inner, ",;\n"):
        if any(token.quoted for token in part):
            codes.append(value_of(part))
        else:
            codes += re.sub(r"\s*[-–]\s*", "-", value_of(part)).replace("/", " ").split()
    return codes


def _bracketed(part: Sequence[Token], opening: str, closing: str) -> tuple[list[Token], list[Token] | None]:
    """What stands before a bracket that ends the run, and what is in it; None without such a bracket."""
    said = list(part)
    while said and not said[-1].quoted and not said[-1].text.strip():
        said.pop()
    if not said or not said[-1].is_sign(closing):
        return said, None
    depth = 0
    for index in range(len(said) - 1, -1, -1):
        depth += said[index].is_sign(closing) - said[index].is_sign(opening)
        if depth == 0:
            return said[:index], said[index + 1 : -1]
    return said, None


def read_markers(text: str, demands: Mapping[str, str]) -> list[dict[str, object]]:
    """Biomarkers; `demands`: what each word asks (folded) → exigence. Raises NotationProblem."""
    return [_marker(part, demands) for part in split(tokens(text), ";\n") if value_of(part)]


def _marker(part: Sequence[Token], demands: Mapping[str, str]) -> dict[str, object]:
    whole, group = _bracketed(part, "[", "]")
    named, *asked = split(whole, ":")
    head, variants = _bracketed(named, "(", ")")
    name = value_of(head)
    word = value_of(asked[0]) if asked else ""
    demand = demands.get(word.lower())
    if not name or demand is None:
        said = f"« {word[:30]} » n'est pas connu" if word else "il manque ce qui est demandé"
        raise NotationProblem(f"{said} ; attendu : « KRAS (G12C) : présent », avec présent, absent ou connu")
    limit = value_of([token for more in _joined(asked[1:]) for token in more])
    told: dict[str, object] = {"nom": name, "exigence": demand}
    if found := [value for one in split(variants or [], ",;\n") if (value := value_of(one))]:
        told["variants"] = found
    if limit:
        told["seuil"] = limit
    if group and (label := value_of(group)):
        told["groupe"] = label
    return told


def _joined(parts: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """A limit may hold a colon (1:320): what follows the first one belongs to it."""
    return [[*([Token(":")] if index else []), *part] for index, part in enumerate(parts)]


def write_list(values: Iterable[str]) -> str:
    """The values as `read_list` reads them."""
    return " ; ".join(_written(value, ";\n") for value in values)


def write_places(places: Iterable[Mapping[str, object]]) -> str:
    """Tumour sites as `read_places` reads them."""
    return " ; ".join(_written_place(place) for place in places)


def _written_place(place: Mapping[str, object]) -> str:
    label = str(place["libelle"])
    codes = [str(code) for code in _of(place, "cim10")]
    alone = _CODE.fullmatch(label) is not None and codes != [label]
    shown = _quote(label) if alone else _written(label, _SIGNS)
    if not codes or (codes == [label] and not alone):
        return shown
    return f"{shown} [{', '.join(code if _PLAIN_CODE.fullmatch(code) else _quote(code) for code in codes)}]"


def write_markers(markers: Iterable[Mapping[str, object]], words: Mapping[str, str]) -> str:
    """Biomarkers as `read_markers` reads them; `words`: exigence → the word for it."""
    return " ; ".join(_written_marker(marker, words) for marker in markers)


def _written_marker(marker: Mapping[str, object], words: Mapping[str, str]) -> str:
    variants = [_written(str(one), _SIGNS) for one in _of(marker, "variants")]
    demand = str(marker.get("exigence") or "")
    text = _written(str(marker.get("nom") or ""), _SIGNS) + (f" ({', '.join(variants)})" if variants else "")
    text += f" : {words.get(demand, demand)}"
    if marker.get("seuil"):
        text += f" : {_written(str(marker['seuil']), _SIGNS)}"
    return text + (f" [{_written(str(marker['groupe']), _SIGNS)}]" if marker.get("groupe") else "")


def _of(told: Mapping[str, object], name: str) -> list[object]:
    value = told.get(name)
    return list(value) if isinstance(value, list | tuple) else []


def _written(value: str, signs: str) -> str:
    unsafe = any(sign in value for sign in signs) or '"' in value or value != value.strip()
    return _quote(value) if unsafe or not _is_balanced(tokens(value)) else value


def _quote(value: str) -> str:
    return '"' + value.replace('"', '""') + '"'
