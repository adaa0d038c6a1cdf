"""The smallest whole films and sounds, made box by box: no binary file stands in git."""

import struct

PICTURE = b"\x00\x00\x00\x01\x65" + b"\x88" * 59  # stands for a coded picture


def _box(kind, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _full_box(kind, *parts, flags=0):
    return _box(kind, struct.pack(">I", flags), *parts)


MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
SAMPLES = 10


def _video_entry(codec):
    visual = struct.pack(">6xH16x2H2II H", 1, 640, 360, 0x480000, 0x480000, 0, 1)
    visual += b"\x00" * 32 + struct.pack(">Hh", 24, -1)
    settings = b"\x01\x42\xc0\x1e\xff\xe1\x00\x04\x67\x42\xc0\x1e\x01\x00\x02\x68\xce"
    return _box(codec, visual, _box(b"avcC", settings) if codec == b"avc1" else b"")


def _audio_entry():
    sound = struct.pack(">6xH8x2H4xI", 1, 2, 16, 48000 << 16)
    esds = bytes.fromhex("031900010004114015000000000000000000000005021190060102")
    return _box(b"mp4a", sound, _full_box(b"esds", esds))


def _track(handler, entry, seconds, at, size):
    header = _box(b"vmhd", struct.pack(">I8x", 1))
    if handler == b"soun":
        header = _box(b"smhd", b"\x00" * 8)
    table = _box(
        b"stbl",
        _full_box(b"stsd", struct.pack(">I", 1), entry),
        _full_box(b"stts", struct.pack(">3I", 1, SAMPLES, seconds * 1000 // SAMPLES)),
        _full_box(b"stsc", struct.pack(">4I", 1, 1, SAMPLES, 1)),
        _full_box(b"stsz", struct.pack(">2I", size, SAMPLES)),
        _full_box(b"stco", struct.pack(">2I", 1, at)),
    )
    where = _box(b"dinf", _full_box(b"dref", struct.pack(">I", 1), _full_box(b"url ", flags=1)))
    size_shown = struct.pack(">2I", 640 << 16, 360 << 16) if handler == b"vide" else b"\x00" * 8
    return _box(
        b"trak",
        _full_box(
            b"tkhd", struct.pack(">5I8x4h", 0, 0, 1, 0, seconds * 1000, 0, 0, 0, 0), MATRIX,
            size_shown, flags=3,
        ),
        _box(
            b"mdia",
            _full_box(b"mdhd", struct.pack(">4I2H", 0, 0, 1000, seconds * 1000, 0x55C4, 0)),
            _full_box(b"hdlr", struct.pack(">I4s12x", 0, handler), b"x\x00"),
            _box(b"minf", header, where, table),
        ),
    )  # fmt: skip


def mp4(seconds=12, brand=b"isom", tracks=(b"vide",), codec=b"avc1"):
    """A film in MP4; *tracks*: b"vide", b"soun"."""
    kind = _box(b"ftyp", brand, struct.pack(">I", 512), b"isomiso2avc1mp41")

    def film(at):
        entries = {b"vide": _video_entry(codec), b"soun": _audio_entry()}
        found = [_track(t, entries[t], seconds, at, len(PICTURE)) for t in tracks]
        whole = _full_box(
            b"mvhd", struct.pack(">4IIH10x", 0, 0, 1000, seconds * 1000, 0x10000, 0x100), MATRIX,
            b"\x00" * 24, struct.pack(">I", 2),
        )  # fmt: skip
        return kind + _box(b"moov", whole, *found)

    start = film(0)
    return film(len(start) + 8) + _box(b"mdat", PICTURE * SAMPLES)


def m4a(seconds=12):
    return mp4(seconds, brand=b"M4A ", tracks=(b"soun",))


def _element(key, *parts):
    body = b"".join(parts)
    short = len(body) < 127
    return (
        bytes.fromhex(key)
        + (bytes([0x80 | len(body)]) if short else struct.pack(">Q", len(body) | 1 << 56))
        + body
    )


def webm(seconds=12, codec=b"V_VP8"):
    """A film in WebM; *seconds* None: one that does not tell how long it is."""
    head = _element(
        "1A45DFA3", _element("4286", b"\x01"), _element("42F7", b"\x01"),
        _element("42F2", b"\x04"), _element("42F3", b"\x08"), _element("4282", b"webm"),
        _element("4287", b"\x02"), _element("4285", b"\x02"),
    )  # fmt: skip
    length = () if seconds is None else (_element("4489", struct.pack(">d", seconds * 1000)),)
    video = _element("E0", _element("B0", struct.pack(">H", 640)), _element("BA", b"\x01\x68"))
    track = _element(
        "AE", _element("D7", b"\x01"), _element("73C5", b"\x01"), _element("83", b"\x01"),
        _element("86", codec), video,
    )  # fmt: skip
    return head + _element(
        "18538067",
        _element("1549A966", _element("2AD7B1", b"\x0f\x42\x40"), *length),
        _element("1654AE6B", track),
        _element("1F43B675", _element("E7", b"\x00"), _element("A3", b"\x81\x00\x00\x80", PICTURE)),
    )


def mp3(frames=100):
    """A silent sound: frames of 26 milliseconds at 128 kbit/s."""
    return (b"\xff\xfb\x90\x00" + b"\x00" * 413) * frames


def _ogg_crc(data):
    """Ogg's own: zlib's polynomial, neither mirrored nor turned over."""
    crc = 0
    for byte in data:
        crc ^= byte << 24
        for _ in range(8):
            crc = (crc << 1 ^ (0x04C11DB7 if crc & 1 << 31 else 0)) & 0xFFFFFFFF
    return crc


def _ogg_page(kind, position, number, packet):
    head = struct.pack("<4sBBqIII", b"OggS", 0, kind, position, 7, number, 0)
    page = head + bytes([1, len(packet)]) + packet
    return page[:22] + struct.pack("<I", _ogg_crc(page)) + page[26:]


def ogg(seconds=12):
    """A silent sound in Opus."""
    pages = (
        (2, 0, struct.pack("<8sBBHIhB", b"OpusHead", 1, 1, 0, 48000, 0, 0)),
        (0, 0, b"OpusTags" + struct.pack("<I1sI", 1, b"x", 0)),
        (4, seconds * 48000, b"\xf8\xff\xfe"),
    )
    return b"".join(
        _ogg_page(kind, at, number, packet) for number, (kind, at, packet) in enumerate(pages)
    )
