"""`python -m tui.cli`: the same as the command `mockloop`."""

from tui.cli.main import main

if __name__ == "__main__":
    main()
