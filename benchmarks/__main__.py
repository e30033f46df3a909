"""`python -m benchmarks`: what is measured of the engine, then of the catalogue it is measured on."""

from benchmarks import reference, size

if __name__ == "__main__":
    reference.main()
    size.main()
