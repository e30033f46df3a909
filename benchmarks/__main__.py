"""`python -m benchmarks`: the catalogues that are measured on (first, while memory is still small), then the engine."""

from benchmarks import reference, size

if __name__ == "__main__":
    size.main()
    reference.main()
