"""`python -m benchmarks`: everything that is measured, one table after the other."""

from benchmarks import reference

if __name__ == "__main__":
    reference.main()
