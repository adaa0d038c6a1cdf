"""A folder of pages, served on a port of this machine alone, beside the demo."""

import functools
import http.server
import threading


class _Files(http.server.SimpleHTTPRequestHandler):
    """Files of a folder, and no list of them; says nothing on the terminal."""

    def list_directory(self, path):
        self.send_error(404)

    def log_message(self, *_):
        pass


def serve_beside(folder, port):
    """Serve the files of `folder` on `port` of localhost, until this process ends. Raises
    OSError or OverflowError where that port is not to be had."""
    handler = functools.partial(_Files, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
