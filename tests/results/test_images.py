"""Pictures from outside: made plain, or refused with a code. Bombs and lies cost little."""

from __future__ import annotations

import io
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from PIL import Image

from codesign.results.images import SIDE, make_clean
from codesign.results.worker import WorkError


def picture(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    image = Image.radial_gradient("L").resize(size).convert(mode)
    image.save(out, form, **how)
    return out.getvalue()


def png_that_says(width: int, height: int, pixels: bytes = b"") -> bytes:
    """A PNG whose header says what we like."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc)

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def gif_of_many(frames: int) -> bytes:
    """A GIF of one pixel with as many pictures."""
    head = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff"
    frame = (
        b"\x21\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00"
    )
    return head + frame * frames + b";"


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_each_of_the_four_kinds_becomes_webp(form: str) -> None:
    clean, width, height = make_clean(picture(form))
    image = opened(clean)
    assert (image.format, image.size, (width, height)) == ("WEBP", (60, 40), (60, 40))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_to_keep_colours_is_understood(mode: str) -> None:
    image = opened(make_clean(picture("PNG", mode=mode))[0])
    assert image.size == (60, 40)


def test_colours_of_print_and_pictures_one_sees_through_stay_right() -> None:
    assert opened(make_clean(picture("JPEG", mode="CMYK"))[0]).mode == "RGB"
    glass = Image.new("RGBA", (4, 4), (10, 200, 10, 0))
    out = io.BytesIO()
    glass.save(out, "PNG")
    assert opened(make_clean(out.getvalue())[0]).convert("RGBA").getpixel((1, 1))[3] == 0


def test_a_photo_is_turned_upright_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # on its side
    exif[0x010F] = "Camera of Nino"
    exif.get_ifd(0x8825)[2] = (42.0, 15.0, 30.0)  # a place
    photo = picture("JPEG", exif=exif.tobytes(), comment=b"secret street 5")
    assert b"Camera of Nino" in photo
    clean, width, height = make_clean(photo)
    assert (width, height) == (40, 60)
    assert not opened(clean).getexif()
    assert b"Nino" not in clean
    assert b"EXIF" not in clean
    assert b"secret" not in clean


def test_a_large_picture_becomes_smaller_and_keeps_its_shape() -> None:
    clean, width, height = make_clean(picture("JPEG", (6_000, 3_000)))
    assert (width, height) == (SIDE, SIDE // 2)
    assert len(clean) < 1_000_000


def test_of_something_that_moves_the_first_picture_is_kept() -> None:
    image = opened(make_clean(gif_of_many(2_000))[0])
    assert getattr(image, "n_frames", 1) == 1


def test_what_is_hidden_behind_a_picture_is_gone() -> None:
    """A file that is a picture to one program and a page to another."""
    page = b"<script>alert(document.cookie)</script>"
    both = picture("JPEG", comment=page) + page
    clean, _, _ = make_clean(both)
    assert b"script" not in clean
    assert b"script" not in make_clean(picture("GIF") + page)[0]


#: Made when they are needed: some take a second, and every worker of a test run reads this file.
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "bad_op"),
    "text": (lambda: b"hello", "bad_op"),
    "a page": (lambda: b"<html><script>alert(1)</script></html>", "bad_op"),
    "a vector picture": (
        lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "bad_op",
    ),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF", "bad_op"),
    "a BMP": (lambda: picture("BMP"), "bad_op"),
    "a TIFF": (lambda: picture("TIFF"), "bad_op"),
    "an icon": (lambda: picture("ICO"), "bad_op"),
    "PostScript": (lambda: picture("EPS"), "bad_op"),
    "half a PNG": (lambda: picture("PNG", (600, 400))[:900], "bad_op"),
    "half a JPEG": (lambda: picture("JPEG", (600, 400))[:900], "bad_op"),
    "a header alone": (lambda: b"\x89PNG\r\n\x1a\n", "bad_op"),
    "a wrong checksum": (lambda: picture("PNG").replace(b"IDAT", b"IDAX"), "bad_op"),
    "no pixels at all": (lambda: png_that_says(0, 0), "bad_op"),
    "a lie about size": (lambda: png_that_says(5_000, 5_000, zlib.compress(b"\0" * 100)), "bad_op"),
    "a bomb": (
        lambda: png_that_says(100_000, 100_000, zlib.compress(b"\0" * 10_000_000, 9)),
        "limit",
    ),
    "a billion wide": (lambda: png_that_says(1_000_000_000, 1), "limit"),
    "a GIF that says 4 gigapixels": (
        lambda: gif_of_many(1).replace(b"\1\0\1\0", b"\xff" * 4),
        "limit",
    ),
    "too many bytes": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(11 * 1024 * 1024), "limit"),
    "pixels beyond the limit": (lambda: picture("PNG", (8_000, 5_001), "1"), "limit"),
}


@pytest.mark.parametrize(("make", "code"), HOSTILE.values(), ids=HOSTILE)
def test_bombs_and_lies_get_a_code_and_cost_little(make: Callable[[], bytes], code: str) -> None:
    data = make()
    began = time.process_time()
    with pytest.raises(WorkError) as caught:
        make_clean(data)
    assert caught.value.code == code
    assert time.process_time() - began < 3


def test_the_largest_picture_that_fits_is_taken() -> None:
    _, width, height = make_clean(picture("PNG", (8_000, 5_000), "1"))
    assert (width, height) == (SIDE, 1_280)
