"""A picture from outside: looked at by its header, decoded by a fixed list, made small and plain, written anew.

Runs in a worker process. What goes out holds nothing of what came in but its pixels: no place, no camera, no comment,
no second file hidden behind the first.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from codesign.core.limits import IMAGE_BYTES, IMAGE_PIXELS
from codesign.results.worker import Work, WorkError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
SIDE = 2_048
#: Formats whose edges must stay sharp, as in plans and screenshots, are kept without loss where that is small.
LOSSLESS_BYTES = 700 * 1024


def run(values: Mapping[str, Any], parts: Sequence[bytes]) -> Work:
    """One picture in, one out, with its `media_type`, `width` and `height`."""
    clean, width, height = make_clean(parts[0])
    return Work({"media_type": "image/webp", "width": width, "height": height}, [clean])


def make_clean(data: bytes) -> tuple[bytes, int, int]:
    """The picture as WebP, with its width and height. Raises WorkError."""
    if len(data) > IMAGE_BYTES:
        raise WorkError("limit", "image_bytes")
    try:
        with warnings.catch_warnings():
            # Pillow's own alarm about bombs; ours has looked at the header before.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _written(_decoded(data))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, OverflowError):
        raise WorkError("bad_op", "image") from None
    except Image.DecompressionBombError:
        raise WorkError("limit", "image_pixels") from None


def _decoded(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data), formats=FORMATS) as image:
        if image.width * image.height > IMAGE_PIXELS:
            raise WorkError("limit", "image_pixels")
        # JPEGs can be decoded at a half or a quarter of their size: less memory for the same picture.
        image.draft("RGB", (SIDE, SIDE))
        # Of something that moves, the first picture: the rest is never decoded.
        image.load()
        upright = ImageOps.exif_transpose(image)
        return upright.convert("RGBA" if _sees_through(upright) else "RGB")


def _sees_through(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info


def _written(image: Image.Image) -> tuple[bytes, int, int]:
    image.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
    # Built anew from pixels alone: an image remembers where it came from.
    plain = Image.frombytes(image.mode, image.size, image.tobytes())
    sharp = _webp(plain, lossless=True) if plain.width * plain.height <= 1_000_000 else None
    if sharp is not None and len(sharp) <= LOSSLESS_BYTES:
        return sharp, plain.width, plain.height
    return _webp(plain, quality=86), plain.width, plain.height


def _webp(image: Image.Image, **how: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", method=2, **how)
    return out.getvalue()
