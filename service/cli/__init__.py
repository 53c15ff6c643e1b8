"""The `haihe` command. Data goes to standard output; progress, warnings and errors go to standard error.

What a command needs is imported when it runs, so that help and mistakes are answered at once.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the command; an error is one sentence on standard error, and exit code 1."""
    from indexer import HaiheError
    from service.cli.application import app
    from service.cli.show.messages import fail

    try:
        app()
    except HaiheError as error:
        fail(str(error))
    except ValueError as error:
        fail(_wrong_settings(error))
    except KeyboardInterrupt:
        fail("Stopped.")
    finally:
        _flush()
    sys.exit(0)


def _flush() -> None:
    """Write what is left for standard output, unless its reader has gone: as Python ends, that would be reported."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _wrong_settings(error: ValueError) -> str:
    """Say which settings are wrong, and why; raise any other error again."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError) or error.title != "Settings":
        raise error
    return "\n".join(
        f"HAIHE_{detail['loc'][0]}: ".upper() + str(detail["msg"]).removeprefix("Value error, ")
        for detail in error.errors()
    )
