"""`python -m bot`: everything; `python -m bot gateway`: the gateway alone; else a command."""

import sys

from bot.cli.commands import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
