"""The command staffel."""

import os
import sys


def main() -> None:
    """Run the command and leave with its exit code."""
    # Not at the top: the demo's generator lives in this room too, and needs nothing of the rest.
    from staffel.cli.application import app

    try:
        app()
    except BrokenPipeError:
        # Whoever read has gone (`| head`): that is no error of ours, and there is nobody to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
