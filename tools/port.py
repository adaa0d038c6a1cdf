"""Say in one line why the demo cannot start on a port, before anything else is done.

python3 tools/port.py 8000
"""

import errno
import os
import socket
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from tools import system


def main(word):
    """End with one line if `word` is not the number of a port that is free on this machine."""
    system.require_python()
    if not (word.isascii() and word.isdigit() and 1 <= int(word) <= 65535):
        sys.exit("PORT must be a number from 1 to 65535, not: " + word)
    for family, address in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            with socket.socket(family, socket.SOCK_STREAM) as attempt:
                attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                attempt.bind((address, int(word)))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                sys.exit(
                    "Port {0} is taken; choose another: make demo PORT={1}".format(
                        word, int(word) + 1 if int(word) < 65535 else 8000
                    )
                )
            if problem.errno == errno.EACCES:
                sys.exit("Port {} is for root alone; choose one above 1023.".format(word))
            if family == socket.AF_INET:
                raise
            # Otherwise: a machine without IPv6.


if __name__ == "__main__":
    main(*sys.argv[1:])
