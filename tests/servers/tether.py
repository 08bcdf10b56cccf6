"""Run a command that dies with its parent: `python tether.py <user or -> <signal> command…`.

A killed test run must not leave servers behind, and PostgreSQL refuses to run as root. Both are
settled here, in a child of its own, because the interpreter may lie where the lesser user cannot
read it.
"""

import ctypes
import os
import pwd
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    user, signal_name, *command = sys.argv[1:]
    parent = os.getppid()
    if user != "-":
        account = pwd.getpwnam(user)
        os.setgroups([])
        os.setgid(account.pw_gid)
        os.setuid(account.pw_uid)
        os.environ["HOME"] = "/nonexistent"
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, getattr(signal, signal_name))
        if os.getppid() != parent:
            sys.exit("the parent is gone")
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
