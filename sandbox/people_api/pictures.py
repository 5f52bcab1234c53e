"""Small pictures made by code, and what Google does to pictures that it is given."""

import struct
import zlib
from colorsys import hls_to_rgb

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
NOTE = b"Comment\x00re-encoded by the sandbox"


def kind_of(data):
    """The content type by the first bytes; None for anything but JPEG and PNG."""
    if data.startswith(PNG):
        return "image/png"
    return "image/jpeg" if data.startswith(JPEG) else None


def re_encoded(data):
    """The same picture in other bytes: what is downloaded is not what was sent."""
    if data.startswith(PNG):
        return data.removesuffix(END) + _chunk(b"tEXt", NOTE) + END
    return data[:2] + b"\xff\xfe" + struct.pack(">H", len(NOTE) + 2) + NOTE + data[2:]


def png(size, colour_at):
    """A square PNG; ``colour_at(x, y)`` gives red, green, blue."""
    rows = b"".join(
        b"\x00" + b"".join(bytes(colour_at(x, y)) for x in range(size))
        for y in range(size)
    )
    head = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return PNG + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows)) + END


def avatar(letter):
    """What Google shows for a contact without a photo: a disc in the letter's hue."""
    red, green, blue = hls_to_rgb((ord(letter) * 47 % 360) / 360, 0.42, 0.55)
    disc = tuple(int(255 * part) for part in (red, green, blue))
    return png(64, lambda x, y: disc if _inside(x, y) else (255, 255, 255))


def portrait(number):
    """A little landscape in place of a photo, another one for each number."""
    red, green, blue = hls_to_rgb(number * 0.37 % 1, 0.55, 0.6)
    sky = (int(255 * red), int(255 * green), int(255 * blue))
    sun = (252, 214, 90)
    hill = (46, 92, 62)

    def colour(x, y):
        if y > 66 - abs(x - 30 - number % 40) // 2:
            return hill
        return sun if (x - 66) ** 2 + (y - 28) ** 2 < 150 else sky

    return png(96, colour)


def _inside(x, y):
    return (x - 31.5) ** 2 + (y - 31.5) ** 2 <= 1024


def _chunk(kind, data):
    check = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
