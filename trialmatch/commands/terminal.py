"""Texts of sources on a terminal, which obeys what it is sent: a title must not move its cursor, nor set its title."""


def for_terminal(text: str) -> str:
    """The text with what does not print, line ends apart, as `�`."""
    return "".join(char if char.isprintable() or char == "\n" else "�" for char in text)
