"""A contact's picture as Google takes it: JPEG or PNG, not larger than needed."""

import base64
import io
from importlib import import_module

from PIL import Image, ImageOps

SIZE = 720
#: Pixels of the largest picture that is opened; Odoo takes no larger one either.
MOST = 50_000_000
_QUALITY = 85
#: What Pillow reads by itself, without another program, and Odoo does not load.
_MORE = ("WebP", "Tiff", "Avif", "Jpeg2K", "Mpo", "Ico", "Bmp", "Tga", "Pcx", "Psd")
#: What a file that is no picture, or a broken one, makes Pillow raise.
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError),
    *(OverflowError, MemoryError, Image.DecompressionBombError),
)


def photo_for_google(partner):
    """Bytes of the picture, b"" when there is none that can be drawn."""
    stored = partner.with_context(bin_size=False).image_1920
    if not stored:
        return b""
    try:
        return _converted(base64.b64decode(stored))
    except _BROKEN:
        # An SVG, or a file that is no picture: nothing that Google could show.
        return b""


def _converted(source):
    with Image.open(io.BytesIO(source), formats=_FORMATS) as image:
        if image.width * image.height > MOST:
            return b""
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((SIZE, SIZE))
        target = io.BytesIO()
        if _is_transparent(upright):
            upright.convert("RGBA").save(target, "PNG", optimize=True)
        else:
            upright.convert("RGB").save(target, "JPEG", quality=_QUALITY)
        return target.getvalue()


def _is_transparent(image):
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return False
    alpha = image.convert("RGBA").getchannel("A")
    return alpha.getextrema()[0] < 255


def _readable_formats():
    """Their names. Nothing else in the server reads more for it than before."""
    before = list(Image.ID)
    for name in _MORE:
        try:
            import_module(f"PIL.{name}ImagePlugin")
        except ImportError:
            # An older Pillow, or one that was built without it.
            continue
    readable = list(Image.ID)
    Image.ID[:] = before
    return readable


_FORMATS = _readable_formats()
