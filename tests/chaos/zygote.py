"""A process that has imported everything and runs nothing; on request it forks one that does.

Each fork is a process like any other: of a session of its own, killed for real, and gone with this
one. What differs from a start by hand: the modules and the files of the house are read already.

A request is a packet on the socket this was started with: arguments, environment, file for what is
said. The answers are the number of the process and, later, how it ended.
"""

import asyncio
import ctypes
import gc
import json
import os
import select
import signal
import socket
import sys
import traceback
from functools import cache
from typing import Any

import asyncpg
import sqlalchemy.dialects.postgresql.asyncpg
import sqlalchemy.dialects.sqlite.aiosqlite
from sqlalchemy import event
from sqlalchemy.pool import Pool

import bot.app
import bot.lifecycle
from actions import bootstrap
from bot.cli.commands import main as run
from tests.chaos.rehearsal import rehearse

PR_SET_PDEATHSIG = 1
PACKET = 1 << 16
LIFE: Any = bot.lifecycle
#: Imported here so that no fork has to.
FOR_LATER = (asyncio, asyncpg, bot.app, sqlalchemy.dialects.sqlite.aiosqlite,
             sqlalchemy.dialects.postgresql.asyncpg)  # fmt: skip

#: Where the files of the house are read.
FILES: tuple[tuple[Any, str], ...] = ((bootstrap, "read_community_file"), (LIFE, "read_texts"))


def main() -> None:
    _end_with_the_parent()
    orders = socket.socket(fileno=int(sys.argv[1]))
    _read_files_once()
    rehearse(os.environ.pop("REHEARSE_ON", ""))
    gc.collect()
    gc.freeze()
    heard, told = os.pipe()
    for end in (heard, told):
        os.set_blocking(end, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(told)
    _say(orders, {"ready": os.getpid()})
    while True:
        ready, _, _ = select.select([orders.fileno(), heard], [], [])
        if heard in ready:
            os.read(heard, PACKET)
            _bury(orders)
        if orders.fileno() in ready:
            order = orders.recv(PACKET)
            if not order:
                return
            _obey(orders, json.loads(order))


def _read_files_once() -> None:
    """They stay as they are for as long as this runs."""
    for module, name in FILES:
        setattr(module, name, cache(getattr(module, name)))
    LIFE.read_texts()


def _obey(orders: socket.socket, order: dict[str, Any]) -> None:
    number = os.fork()
    if number == 0:
        orders.close()
        _become(order)
    _say(orders, {"born": number, "order": order["order"]})


def _bury(orders: socket.socket) -> None:
    while True:
        try:
            number, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if number == 0:
            return
        _say(orders, {"dead": number, "code": os.waitstatus_to_exitcode(status)})


def _say(orders: socket.socket, what: dict[str, Any]) -> None:
    orders.send(json.dumps(what).encode())


def _become(order: dict[str, Any]) -> None:
    code = 70
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        _end_with_the_parent()
        output = os.open(order["output"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(output, 1)
        os.dup2(output, 2)
        os.environ.clear()
        os.environ.update(order["environment"])
        if order["weak"]:
            event.listen(Pool, "checkout", _weaken)
        code = run(order["arguments"])
    except BaseException:  # noqa: BLE001  it ends here, and says of what
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _weaken(connection: Any, _record: Any, _proxy: Any) -> None:
    """The control run: SQLite as most people run it, which a power cut robs of what it promised."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


def _end_with_the_parent() -> None:
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


if __name__ == "__main__":
    main()
