"""Contact photos: what is accepted, where it is stored, how it is served."""

from base64 import b64decode
from functools import lru_cache

from ..errors import not_found
from ..wire import Answer
from . import pictures
from .errors import bad

PATH = "/photos/"


def decoded(text):
    """The bytes of ``photoBytes``, in either alphabet of base64; ApiError 400."""
    if not text:
        raise bad("photoBytes is required.", "photoBytes")
    try:
        return b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        raise bad("photoBytes is no base64.", "photoBytes") from None


def put(desk, name, data):
    """Give a contact a photo; ApiError 400 unless it is a JPEG or PNG in size."""
    record = desk.record(name)
    if pictures.kind_of(data) is None:
        raise bad("The photo must be a JPEG or a PNG.", "photoBytes")
    if len(data) > desk.world.people.photo_bytes:
        raise bad("The photo is too large.", "photoBytes")
    token = f"c{desk.world.random.randrange(10**20):020d}"
    desk.book.photos[token] = pictures.re_encoded(data)
    return desk.store(record, photo=token)


def remove(desk, name):
    """Take the photo away; without one nothing but the etag changes."""
    return desk.store(desk.record(name), photo="")


def serve(world, path):
    """The answer to a photo's address; the size it asks for is not looked at."""
    token = path.removeprefix(PATH).partition("=")[0]
    if token.startswith("letter") and token[6:].isdecimal() and len(token) < 14:
        return Answer(200, _letter(int(token[6:])), {}, "image/png")
    for account in world.accounts.values():
        data = account.book.photos.get(token)
        if data:
            return Answer(200, data, {}, pictures.kind_of(data))
    raise not_found()


@lru_cache(maxsize=256)
def _letter(codepoint):
    return pictures.avatar(chr(min(codepoint, 0x10FFFF)))
