"""Compares an installed wheel with the tree: every file of the packages is in it, and nothing else."""

import sys
from pathlib import Path


def files_of(root: Path, packages: list[str]) -> set[str]:
    """The files of the packages under `root`, relative to it; caches left out."""
    found = (path for package in packages for path in (root / package).rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix() for path in found if "__pycache__" not in path.parts}


def main(installed: str, *packages: str) -> int:
    """Prints what differs; the exit status says whether anything does."""
    tree, wheel = files_of(Path(), list(packages)), files_of(Path(installed), list(packages))
    for name in sorted(tree ^ wheel):
        print(f"{name}: only in the {'tree' if name in tree else 'wheel'}")
    return int(tree != wheel)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
