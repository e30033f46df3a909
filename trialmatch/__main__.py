"""`python -m trialmatch`: the command line."""

from trialmatch.cli import main

if __name__ == "__main__":
    main()
