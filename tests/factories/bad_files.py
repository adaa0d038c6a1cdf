"""Files that nobody should be able to leave here, made by code."""

import struct
import zlib
from io import BytesIO

from PIL import Image, ImageCms

from tests.factories.media import picture_bytes
from tests.factories.recordings import m4a, mp3, mp4, ogg, webm

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside, attributes='viewBox="0 0 40 30"'):
    return f"<svg {NAMESPACES} {attributes}>{inside}</svg>".encode()


def saved(picture, image_format, **options):
    stream = BytesIO()
    picture.save(stream, image_format, **options)
    return stream.getvalue()


def cut(content):
    return content[: len(content) * 2 // 3]


def _chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_of(width, height, pixels=b""):
    """A small PNG that says it is so large; its pixels are all one byte repeated."""
    head = struct.pack(">2I5B", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(pixels)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", data) + _chunk(b"IEND", b"")
    )


def moving(image_format):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue", "green")]
    return saved(frames[0], image_format, save_all=True, append_images=frames[1:], duration=100)


def laughs(levels=9):
    entities = '<!ENTITY l0 "ha">' + "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, levels)
    )
    return f"<!DOCTYPE svg [{entities}]>".encode() + svg(f"<text>&l{levels - 1};</text>")


def repeats(levels=9):
    """<use> of <use>: ten to the power of `levels` circles."""
    groups = "".join(
        f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 10 + "</g>" for n in range(1, levels)
    )
    return svg(f'<g id="g0"><circle r="3"/></g>{groups}')


HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
EXE = b"MZ\x90\x00" + b"\x00" * 200
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
ZIP = b"PK\x03\x04" + b"\x00" * 100
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
JPEG, PNG, WEBP, AVIF = (
    picture_bytes(kind, size=(300, 200)) for kind in ("JPEG", "PNG", "WEBP", "AVIF")
)

# name of the case: (file name, content or what makes it, code of the sentence)
PICTURES = {
    # What it is not.
    "html-as-jpeg": ("bain.jpg", HTML, "invalid_image_known_format"),
    "pdf": ("bain.pdf", PDF, "invalid_image"),
    "pdf-as-png": ("bain.png", PDF, "invalid_image"),
    "exe-as-png": ("bain.png", EXE, "invalid_image"),
    "zip-as-webp": ("bain.webp", ZIP, "invalid_image"),
    "bmp": ("bain.bmp", picture_bytes("BMP"), "invalid_image_extension"),
    "bmp-as-png": ("bain.png", picture_bytes("BMP"), "invalid_image_known_format"),
    "ico": ("bain.ico", picture_bytes("ICO"), "invalid_image_extension"),
    "tiff": ("bain.tiff", picture_bytes("TIFF"), "invalid_image_extension"),
    "gif": ("bain.gif", picture_bytes("GIF"), "invalid_image_extension"),
    "heic": ("bain.heic", HEIC, "invalid_image_extension"),
    "heic-as-jpeg": ("bain.jpg", HEIC, "invalid_image_known_format"),
    "film-as-avif": ("bain.avif", mp4(), "invalid_image"),
    "jpeg-as-png": ("bain.png", JPEG, "invalid_image_known_format"),
    "png-as-svg": ("bain.svg", PNG, "misleading_name"),
    "svg-as-png": ("bain.png", svg("<circle r='3'/>"), "invalid_image_known_format"),
    "empty": ("bain.png", b"", "empty"),
    "one-byte": ("bain.png", b"\x89", "invalid_image"),
    # Cut off.
    "cut-jpeg": ("bain.jpg", cut(JPEG), "damaged_picture"),
    "cut-png": ("bain.png", cut(PNG), "damaged_picture"),
    "cut-webp": ("bain.webp", cut(WEBP), "damaged_picture"),
    "cut-avif": ("bain.avif", cut(AVIF), "damaged_picture"),
    "png-signature-alone": ("bain.png", PNG[:8], "damaged_picture"),
    # Bombs.
    "129-megapixels": ("bain.png", png_of(12_900, 10_000), "file_too_many_pixels"),
    "two-thousand-megapixels": ("bain.png", png_of(50_000, 40_000), "file_too_many_pixels"),
    "too-many-pixels-for-its-data": ("bain.png", png_of(4000, 4000, b"\0" * 99), "damaged_picture"),
    "41-megabytes": ("bain.png", lambda: PNG + b"\0" * 41 * 1024 * 1024, "file_too_large"),
    "svg-of-40-megabytes": ("bain.svg", lambda: svg(" " * 40 * 1024 * 1024), "drawing_too_heavy"),
    "svg-deep": ("bain.svg", svg("<g>" * 900 + "</g>" * 900), "drawing_too_heavy"),
    "svg-laughs": ("bain.svg", laughs(), "active_drawing"),
    "svg-marks": (
        "bain.svg",
        svg(
            '<marker id="m">' + "<path d='M0 0'/>" * 200 + "</marker>"
            '<path marker-mid="url(#m)" d="' + "L1 1" * 300 + '"/>'
        ),
        "drawing_too_heavy",
    ),
    "svg-marks-by-style": (
        "bain.svg", svg("<style>path{marker-mid:url(#m)}</style>"), "drawing_too_heavy",
    ),
    "svg-repeats": ("bain.svg", repeats(), "drawing_too_heavy"),
    "svg-repeats-itself": (
        "bain.svg", svg('<g id="a"><use href="#a"/></g>'), "drawing_too_heavy",
    ),
    "svg-endless": ("bain.svg", svg("", 'width="1e999" height="3"'), "damaged_drawing"),
    "svg-immense": ("bain.svg", svg("", 'width="90000" height="3"'), "damaged_drawing"),
    # What moves.
    "moving-png": ("bain.png", moving("PNG"), "animated"),
    "moving-webp": ("bain.webp", moving("WEBP"), "animated"),
    "moving-avif": ("bain.avif", moving("AVIF"), "animated"),
    "moving-svg": (
        "bain.svg", svg('<circle r="3"><animate attributeName="r" to="9"/></circle>'),
        "moving_drawing",
    ),
    # Names.
    "double-ending": ("bain.jpg.exe", JPEG, "invalid_image_extension"),
    "turned-name": ("bain\u202egpj.exe", JPEG, "invalid_image_extension"),
    "no-ending": ("bain", JPEG, "invalid_image_extension"),
    "300-characters": ("b" * 300 + ".exe", JPEG, "invalid_image_extension"),
    # Drawings that are broken.
    "svg-cut": ("bain.svg", cut(svg("<g><circle r='3'/></g>" * 3)), "damaged_drawing"),
    "svg-in-latin-1": ("bain.svg", svg("<text>été</text>").decode().encode("latin-1"),
                       "damaged_drawing"),
    "svg-of-no-namespace": ("bain.svg", b"<svg viewBox='0 0 3 3'><g/></svg>", "damaged_drawing"),
    "html-with-an-svg": ("bain.svg", b"<html><body>" + svg("") + b"</body></html>",
                         "damaged_drawing"),
}  # fmt: skip

# Drawings in which something runs or loads: all refused as "active_drawing".
ACTIVE_DRAWINGS = {
    "script": svg("<script>alert(1)</script>"),
    "script-in-another-namespace": svg(
        '<s:script xmlns:s="http://www.w3.org/2000/svg">1</s:script>'
    ),
    "handler": svg('<circle r="3" onclick="alert(1)"/>'),
    "handler-on-the-drawing": svg("", 'viewBox="0 0 3 3" onload="alert(1)"'),
    "handler-in-capitals": svg('<circle r="3" OnMouseOver="alert(1)"/>'),
    "handler-by-declaration": b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + svg(""),
    "page-inside": svg(
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>'
    ),
    "frame-inside": svg('<iframe xmlns="http://www.w3.org/1999/xhtml" src="https://x.example"/>'),
    "link-that-runs": svg('<a href="javascript:alert(1)"><circle r="3"/></a>'),
    "link-that-runs-hidden": svg('<a xlink:href=" java&#10;script:alert(1)"><circle r="3"/></a>'),
    "link-outside": svg('<a href="https://x.example"><circle r="3"/></a>'),
    "use-of-outside": svg('<use href="https://x.example/a.svg#b"/>'),
    "use-of-data": svg('<use href="data:image/svg+xml;base64,PHN2Zy8+#a"/>'),
    "style-from-outside": svg("<style>@import url(https://x.example/a.css);</style>"),
    "style-loads": svg("<style>circle{fill:url(https://x.example/a#b)}</style>"),
    "style-loads-escaped": svg(r"<style>circle{fill:u\72l(https:\2f\2fx.example)}</style>"),
    "style-loads-behind-a-comment": svg("<style>circle{fill:/**/url('//x.example')}</style>"),
    "attribute-loads": svg('<circle r="3" style="fill:url(https://x.example/a#b)"/>'),
    "colour-loads": svg('<circle r="3" fill="url(//x.example/a#b)"/>'),
    "font-loads": svg("<style>@font-face{font-family:a;src:url(https://x.example/f)}</style>"),
    "stylesheet-above": b'<?xml-stylesheet href="https://x.example/a.css"?>' + svg(""),
    "entity-from-outside": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    + svg("<text>&x;</text>"),
    "base": svg('<g xml:base="https://x.example/"><circle r="3"/></g>'),
}

# name of the case: (kind, file name, content, code of the sentence)
RECORDINGS = {
    "html-as-film": ("video", "bain.mp4", HTML, "not_a_recording"),
    "exe-as-film": ("video", "bain.mp4", EXE, "not_a_recording"),
    "picture-as-film": ("video", "bain.mp4", AVIF, "not_a_recording"),
    "empty-film": ("video", "bain.mp4", b"", "empty"),
    "film-header-alone": ("video", "bain.mp4", mp4()[:32], "damaged_recording"),
    "cut-mp4": ("video", "bain.mp4", cut(mp4()), "damaged_recording"),
    "almost-whole-mp4": ("video", "bain.mp4", mp4()[:-1], "damaged_recording"),
    "cut-webm": ("video", "bain.webm", cut(webm()), "damaged_recording"),
    "film-without-a-picture": ("video", "bain.mp4", mp4(tracks=(b"soun",)), "damaged_recording"),
    "film-of-a-telephone": ("video", "bain.mp4", mp4(codec=b"hvc1"), "unplayable"),
    "webm-as-mp4": ("video", "bain.mp4", webm(), "misleading_name"),
    "film-called-a-program": ("video", "bain.mp4.exe", mp4(), "misleading_name"),
    "cut-mp3": ("audio", "bain.mp3", mp3()[:-100], "damaged_recording"),
    "cut-m4a": ("audio", "bain.m4a", cut(m4a()), "damaged_recording"),
    "cut-ogg": ("audio", "bain.ogg", cut(ogg()), "damaged_recording"),
    "film-as-sound": ("audio", "bain.mp3", mp4(), "not_a_recording"),
    "sound-without-a-sound": ("audio", "bain.m4a", mp4(brand=b"M4A "), "damaged_recording"),
}

# name of the case: (content, {line in error: code}); None: the file as a whole
CAPTIONS = {
    "srt": (b"1\n00:00:01,000 --> 00:00:02,000\nOui\n", {None: "not_webvtt"}),
    "html": (HTML, {None: "not_webvtt"}),
    "latin-1": ("WEBVTT\n\n00:01.000 --> 00:02.000\nété\n".encode("latin-1"), {None: "not_utf8"}),
    "no-caption": (b"WEBVTT\n\nNOTE rien\n", {None: "no_captions"}),
    "comma": (b"WEBVTT\n\n00:01,000 --> 00:02,000\nOui\n", {3: "bad_times"}),
    "no-hour-has-61-minutes": (b"WEBVTT\n\n00:61:01.000 --> 00:61:02.000\nOui\n", {3: "bad_times"}),
    "end-before-start": (b"WEBVTT\n\n1\n00:05.000 --> 00:02.000\nOui\n", {4: "end_before_start"}),
    "no-time": (b"WEBVTT\n\n00:01.000 --> 00:02.000\nOui\n\nNon\n", {6: "no_times"}),
    "no-text": (b"WEBVTT\n\n00:01.000 --> 00:02.000\n\n", {3: "no_text"}),
    "out-of-order": (
        b"WEBVTT\n\n00:05.000 --> 00:06.000\nOui\n\n00:01.000 --> 00:02.000\nNon\n",
        {6: "out_of_order"},
    ),
    "no-empty-line": (
        b"WEBVTT\n\n00:01.000 --> 00:02.000\nOui\n00:03.000 --> 00:04.000\nNon\n",
        {5: "no_empty_line"},
    ),
    "after-the-end": (b"WEBVTT\r\n\r\n00:01.000 --> 00:20.000\r\nOui\r\n", {3: "after_the_end"}),
    "two-mistakes": (
        b"WEBVTT\n\n00:05.000 --> 00:02.000\nOui\n\nNon\n",
        {3: "end_before_start", 6: "no_times"},
    ),
}

# Kept, once they are brought into order: what stands in them that parents are not to get.
SECRET = "Marie Martin, 3 rue des Lilas"


def with_everything(image_format, size=(40, 20)):
    """A red picture that lies on its side, with a place, a name and notes in it."""
    about = Image.Exif()
    about[0x0112] = 6  # turned by a quarter
    about[0x013B] = SECRET
    about.get_ifd(0x8825)[1] = "N"
    options = {"exif": about}
    if image_format != "PNG":
        options["xmp"] = f"<x>{SECRET}</x>".encode()
    return saved(Image.new("RGB", size, (200, 30, 40)), image_format, **options)


def cmyk(profile=None):
    """A red JPEG in four colours."""
    picture = Image.new("CMYK", (40, 30), (0, 220, 200, 20))
    return saved(picture, "JPEG", **({"icc_profile": profile} if profile else {}))


def srgb_profile():
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
