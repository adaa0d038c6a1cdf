"""Sets a booklet as a PDF, in a process of its own: it needs neither Django nor the database,
reaches no network, and may be ended when it takes too long.

    python booklet_pdf.py FOLDER OWN

reads FOLDER/booklet.html and writes FOLDER/booklet.pdf. What the page shows (OWN and a name,
`own:name`) stands in FOLDER too, and nothing else is fetched.
"""

import mimetypes
import resource
import sys
from pathlib import Path

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

MEMORY = 1536 * 1024 * 1024  # bytes
VARIANT = "pdf/ua-1"  # tagged, for screen readers


class OwnFiles(URLFetcher):
    """Reads the files of one folder, and nothing else."""

    def __init__(self, folder, own):
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.folder, self.own = folder, own

    def fetch(self, url, headers=None):
        name = Path(url.removeprefix(self.own))
        if not url.startswith(self.own) or name.name != str(name):
            raise ValueError(f"Nothing is fetched from elsewhere: {url}")
        kind = mimetypes.guess_type(name.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, (self.folder / name).read_bytes(), {"Content-Type": kind})


def main(folder, own):
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    html = HTML(
        filename=str(folder / "booklet.html"),
        encoding="utf-8",
        base_url=own,
        url_fetcher=OwnFiles(folder, own),
    )
    html.write_pdf(folder / "booklet.pdf", pdf_variant=VARIANT)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
