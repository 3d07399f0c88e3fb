"""The process in which a candidate's code runs: `python -m tui.sandbox.child FOLDER`.

The job is read as one JSON object from standard input; what becomes of it is told on standard output, one JSON object a
line. All that the code prints goes to standard error. Nothing but the standard library is imported.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

from tui.sandbox import fence, python_job, sql_job


def main() -> None:
    """Run one job, then end at once, whatever threads the code has left behind."""
    folder = sys.argv[1]
    job = json.loads(sys.stdin.buffer.read())
    channel = os.dup(1)
    os.dup2(2, 1)

    def tell(message: dict[str, Any]) -> None:
        line = json.dumps(message).encode() + b"\n"
        while line:
            line = line[os.write(channel, line) :]

    os.chdir(folder)
    isolated = fence.leave_network()
    if job["fenced"]:
        fence.limit(job["seconds"], job["megabytes"], job["file_megabytes"])
    fence.refuse(folder)
    tell({"event": "ready", "isolated": isolated})
    run = sql_job.run if job["language"] == "sql" else python_job.run
    run(job, tell)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    tell({"event": "done"})
    os._exit(0)


if __name__ == "__main__":
    main()
