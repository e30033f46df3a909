"""The lints can fail: each catches its planted fault and lets the good form pass."""

from collections.abc import Callable, Iterator

import pytest

from tests.house import lints

Lint = Callable[[str], Iterator[lints.Violation]]

FAULTS: list[tuple[Lint, str]] = [
    (lints.impure, "from datetime import date\nx = date.today()"),
    (lints.impure, "import datetime as dt\nx = dt.datetime.now(dt.UTC)"),
    (lints.impure, "import datetime\ndefault = datetime.datetime.utcnow"),
    (lints.impure, "from time import time"),
    (lints.impure, "import random"),
    (lints.impure, "from random import choice"),
    (lints.impure, "import logging"),
    (lints.impure, "f = open('x')"),
    (lints.impure, "print('x')"),
    (lints.reads_clock, "from datetime import datetime as D\nx = D.now()"),
    (lints.reads_clock, "from sqlmodel import func\nx = func.now()"),
    (lints.mocks, "from unittest import mock"),
    (lints.mocks, "import unittest.mock as m"),
    (lints.mocks, "def test(monkeypatch):\n    monkeypatch.setattr('a.b', 1)"),
    (lints.mocks, "def test(mocker):\n    mocker.patch('a.b')"),
    (lints.fixed_sleeps, "import time\ntime.sleep(1)"),
    (lints.fixed_sleeps, "from asyncio import sleep\nasync def f():\n    await sleep(1)"),
    (lints.long_functions, "def f():\n" + "    x = 1\n" * 45),
    (lints.stubs, "def f():\n    ..."),
    (lints.stubs, "def f():\n    'Says it does.'\n    pass"),
    (lints.left_over, "# TO" + "DO: this"),
    (lints.left_over, "raise NotImplemented" + "Error"),
    (lints.left_over, "this does for n" + "ow"),
    (lints.names_the_machine, "see /wo" + "rk/x"),
    (lints.names_the_machine, "https://py" + "pi.org/simple"),
    (lints.forbidden_word_in_python, "label = 'Patient éligible'"),
    (lints.forbidden_word_in_python, "label = f'{name} : Éligible'"),
    (lints.forbidden_word_in_python, "label = 'ineligible'"),
    (lints.forbidden_word_in_text, "<p>Éligibilité</p>"),
]

GOOD: list[tuple[Lint, str]] = [
    (lints.impure, "from datetime import date\nx = date(2026, 1, 1)"),
    (lints.impure, "from importlib.resources import files\nx = files('rules').joinpath('x').open()"),
    (lints.impure, "def f(open: int):\n    return open + 1"),
    (lints.reads_clock, "def f(clock):\n    return clock.now()"),
    (lints.mocks, "def test(monkeypatch):\n    monkeypatch.setenv('A', '1')\n    monkeypatch.chdir('/')"),
    (lints.mocks, "mock = 1\nprint(mock)"),
    (lints.fixed_sleeps, "import time\nwhile not ready():\n    time.sleep(0.05)"),
    (lints.long_functions, "def f():\n    '''" + "line\n" * 60 + "'''\n" + "    x = 1\n" * 44),
    (lints.stubs, "class Source(Protocol):\n    def changes(self) -> str: ..."),
    (lints.stubs, "def f():\n    return None"),
    (lints.left_over, "le todo d'un mastodonte"),
    (lints.names_the_machine, "the /v1/work/x path"),
    (lints.forbidden_word_in_python, "'''Never says éligible.'''"),
    (lints.forbidden_word_in_python, "# names-the-word: read in trial texts\npattern = r'non éligible'"),
    (lints.forbidden_word_in_text, "<p>compatible avec la fiche</p>"),
]


def _ids(rows: list[tuple[Lint, str]]) -> list[str]:
    return [f"{lint.__name__}-{number}" for number, (lint, _) in enumerate(rows)]


@pytest.mark.parametrize(("lint", "source"), FAULTS, ids=_ids(FAULTS))
def test_a_planted_fault_is_caught(lint: Lint, source: str) -> None:
    assert list(lint(source))


@pytest.mark.parametrize(("lint", "source"), GOOD, ids=_ids(GOOD))
def test_the_good_form_passes(lint: Lint, source: str) -> None:
    assert list(lint(source)) == []
