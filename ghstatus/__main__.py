"""`python -m ghstatus` is the `ghstatus` command."""

from ghstatus.cli import main

if __name__ == "__main__":
    main()
