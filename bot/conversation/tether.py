"""Run a command that dies with its parent: `python tether.py <parent's pid> command…`.

A killed bot must not leave Rasa behind. The kernel's promise has to be asked for in the child,
between its birth and the command; doing that in a forked copy of a threaded process is unsafe,
so it is done here, in a small process of its own that then becomes the command.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    parent, *command = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != int(parent):
            sys.exit("the parent is gone")
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
