"""A contact's picture as Google takes it: JPEG or PNG, not larger than needed."""

import base64
import io

from PIL import Image, ImageOps, UnidentifiedImageError

SIZE = 720
_QUALITY = 85


def photo_for_google(partner):
    """Bytes of the picture, b"" when there is none that can be drawn."""
    stored = partner.with_context(bin_size=False).image_1920
    if not stored:
        return b""
    try:
        return _converted(base64.b64decode(stored))
    except (UnidentifiedImageError, OSError, ValueError):
        # An SVG, or a file that is no picture: nothing that Google could show.
        return b""


def _converted(source):
    with Image.open(io.BytesIO(source)) as image:
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
