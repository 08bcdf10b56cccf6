"""Photos come in clean, stay between those they concern, and nothing else comes in."""

import struct
import zlib
from io import BytesIO

from PIL import Image, PngImagePlugin

from actions.application.commands.mediating import ShowEvidence
from actions.application.commands.telling import GivePhotos
from actions.application.commands.working import ShareNote
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.integration.web_house import House, Visitor, jpeg, problem_of

CANARY = "CANARY-22.5901-113.0910"


def located_jpeg() -> bytes:
    """A photo turned by a quarter, full of everything a phone writes into it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010E] = exif[0x013B] = exif[0x8298] = CANARY
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (22.0, 35.0, 24.0), "E", (113.0, 5.0, 27.0)
    gps[29] = CANARY
    raw = BytesIO()
    Image.new("RGB", (80, 40), (9, 99, 9)).save(
        raw,
        "JPEG",
        exif=exif,
        comment=CANARY.encode(),
        xmp=f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode(),
    )
    return raw.getvalue() + b"<script>" + CANARY.encode()


def told_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", CANARY)
    notes.add_itxt("XML:com.adobe.xmp", CANARY, zip=True)
    raw = BytesIO()
    Image.new("RGBA", (30, 20), (9, 99, 9, 100)).save(raw, "PNG", pnginfo=notes)
    return raw.getvalue()


def saved(kind: str, **more: object) -> bytes:
    raw = BytesIO()
    frames = [Image.new("RGB", (20, 10), (shade, 0, 0)) for shade in range(0, 200, 20)]
    frames[0].save(raw, kind, **more | ({"append_images": frames[1:]} if more else {}))
    return raw.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A tiny file that claims to be a huge picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


async def shown(visitor: Visitor, photo: str, query: str = "") -> Image.Image:
    answer = await visitor.get(f"/attachments/{photo}{query}")
    assert answer.status == 200
    return Image.open(BytesIO(await answer.read()))


async def test_a_photo_tells_neither_place_nor_device(house: House) -> None:
    visitor = await house.visitor()

    for raw in (located_jpeg(), told_png()):
        photo = await visitor.photo(raw)
        picture = await shown(visitor, photo)
        assert dict(picture.getexif()) == {}
        assert not set(picture.info) & {"exif", "xmp", "comment", "Comment", "icc_profile"}

    kept = [path.read_bytes() for path in house.media.rglob("*") if path.is_file()]
    assert len(kept) == 4
    assert [raw for raw in kept if b"CANARY" in raw or b"<script>" in raw or b"Exif" in raw] == []


async def test_a_photo_stands_upright_after_its_note_of_turning_is_gone(house: House) -> None:
    visitor = await house.visitor()

    picture = await shown(visitor, await visitor.photo(located_jpeg()))

    assert picture.size == (40, 80)


async def test_a_large_photo_becomes_bearable_and_gets_a_small_copy(house: House) -> None:
    visitor = await house.visitor()

    photo = await visitor.photo(jpeg((4000, 3000)))

    assert (await shown(visitor, photo)).size == (2048, 1536)
    assert (await shown(visitor, photo, "?size=thumb")).size == (480, 360)


async def test_pictures_of_every_common_kind_are_taken(house: House) -> None:
    visitor = await house.visitor()
    kinds = {
        "JPEG": saved("JPEG"),
        "PNG": saved("PNG"),
        "WEBP": saved("WEBP", save_all=True, lossless=True),
        "GIF": saved("GIF", save_all=True),
        "APNG": saved("PNG", save_all=True),
    }

    for raw in kinds.values():
        picture = await shown(visitor, await visitor.photo(raw))
        assert (picture.size, picture.format, getattr(picture, "n_frames", 1)) == (
            (20, 10),
            "JPEG",
            1,
        )


async def test_what_is_no_picture_is_refused(house: House) -> None:
    visitor = await house.visitor()
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    hostile = [
        svg,
        b"<html><script>alert(1)</script></html>",
        b"\xff\xd8\xff" + b"<html>" * 100,
        b"\x89PNG\r\n\x1a\n" + svg,
        b"GIF89a" + b"\0" * 4,
        b"RIFF\0\0\0\0WEBP",
        b"\0\0\0\x18ftypheic" + b"\0" * 64,
        jpeg()[:200],
        saved("TIFF"),
        saved("BMP"),
        b"%PDF-1.7",
        b"MZ" + b"\0" * 100,
        b"",
    ]

    answers = [await problem_of(await visitor.upload(raw)) for raw in hostile]

    assert answers == [(422, "error_bad_upload")] * len(hostile)
    assert [path for path in house.media.rglob("*") if path.is_file()] == []


async def test_an_image_bomb_goes_off_nowhere(house: House) -> None:
    visitor = await house.visitor()

    for raw in (png_of(50_000, 50_000), png_of(6_500, 6_500), png_of(2**31 - 1, 1)):
        assert await problem_of(await visitor.upload(raw)) == (422, "error_bad_upload")

    assert await visitor.photo(jpeg())


async def test_a_file_that_is_too_long_is_refused(house: House) -> None:
    visitor = await house.visitor()

    answer = await visitor.upload(jpeg() + b"\0" * (12 * 1024 * 1024))

    assert await problem_of(answer) == (413, "error_too_large")


async def test_a_body_that_is_no_upload_is_refused(house: House) -> None:
    visitor = await house.visitor()
    torn = {"Content-Type": "multipart/form-data; boundary=x"}
    bodies = [
        b"",
        b"--x--\r\n",
        b"--x\r\nContent-Disposition: form-data; name=other\r\n\r\na\r\n--x--\r\n",
        b'--x\r\nContent-Disposition: form-data; name=file; filename="\0"\r\n\r\na\r\n--x--\r\n',
        b"--x\r\nno colon at all\r\n\r\na\r\n--x--\r\n",
    ]

    answers = [await visitor.raw("/attachments", body, **torn) for body in bodies]
    answers.append(await visitor.post("/attachments", {"file": "a"}))
    answers.append(
        await visitor.raw("/attachments", b"a", **{"Content-Type": "multipart/form-data"})
    )

    assert [answer.status for answer in answers] == [400, 400, 400, 400, 400, 415, 400]


async def test_a_file_name_means_nothing(house: House) -> None:
    visitor = await house.visitor()

    for name in ("../../x", "a" * 300, "a\u202egpj.exe", "con", ".htaccess", "x\ty"):
        assert (await visitor.upload(jpeg(), name)).status == 201

    outside = [path for path in house.media.parent.rglob("*") if path.name in ("x", ".htaccess")]
    assert outside == []


async def test_there_is_an_end_to_photos_in_a_day(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()
    someone = await visitor.someone()
    for n in range(60):
        await house.world.upload(f"photo-of-today-{n}", someone)

    assert await problem_of(await visitor.upload(jpeg())) == (429, "error_too_many")
    assert (await other.upload(jpeg())).status == 201


async def test_a_photo_is_served_so_that_nothing_in_it_can_run(house: House) -> None:
    visitor = await house.visitor()

    answer = await visitor.get(f"/attachments/{await visitor.photo()}")

    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"] == "inline"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"].startswith("private")


async def test_nobody_else_sees_a_photo_or_learns_that_it_is_there(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()
    photo = await visitor.photo()

    foreign = await other.get(f"/attachments/{photo}")
    absent = await other.get(f"/attachments/{photo[::-1]}")
    posted = await other.post(
        "/messages",
        {"client_msg_id": "0b6b3d0e-1111-4222-8333-444455556666", "attachments": [photo]},
    )

    assert await problem_of(foreign) == await problem_of(absent) == (404, "error_not_found")
    assert await problem_of(posted) == (404, "error_not_found")


async def test_a_strange_id_is_simply_not_there(house: House) -> None:
    visitor = await house.visitor()

    for strange in (
        "%00",
        "%00" * 12,
        "..%2f..%2fx",
        "%ff%fe%fd",
        "%",
        "a" * 3000,
        "照片照片照片照片",
        "%25%25%25%25%25%25%25%25",
    ):
        answer = await visitor.get(f"/attachments/{strange}")
        assert await problem_of(answer) == (404, "error_not_found")


async def test_a_sent_photo_is_shown_in_the_conversation(house: House) -> None:
    visitor = await house.visitor()
    photo = await visitor.photo()

    await visitor.sends({"attachments": [photo]})

    sent = (await visitor.messages())[-1]
    assert (sent["kind"], sent["image_url"]) == ("image", f"/chat/api/attachments/{photo}")


async def test_a_reported_photo_is_seen_by_those_who_settle_it_and_no_other_reporter(
    house: House,
) -> None:
    reporter, neighbour = await house.visitor(), await house.visitor()
    worker = await house.worker(Role.GWF, "G3", roster_key="gwf-3")
    elsewhere = await house.worker(Role.GWF, "G1", roster_key="gwf-1")
    photo = await reporter.photo()
    ticket = await _filed_with(house, reporter, photo)
    await _follow(house, ticket, neighbour)

    seen = [
        (await who.get(f"/attachments/{photo}")).status
        for who in (reporter, worker, neighbour, elsewhere)
    ]

    assert seen == [200, 200, 404, 404]


async def test_a_photo_of_a_neighbour_is_seen_by_no_worker_it_was_not_passed_to(
    house: House,
) -> None:
    reporter = await house.visitor()
    worker = await house.worker(Role.GWF, "G3", roster_key="gwf-3")
    photo = await reporter.photo()
    ticket = await _filed_with(house, reporter, photo, "NOI01")
    assert (await worker.get(f"/attachments/{photo}")).status == 404

    await (await worker.someone()).does(ShowEvidence(ticket_id=ticket.id or 0))

    await house.deliver()
    assert (await worker.get(f"/attachments/{photo}")).status == 200


async def test_a_workers_photo_reaches_the_reporter_when_it_is_shared(house: House) -> None:
    reporter = await house.visitor()
    worker = await house.worker(Role.GWF, "G3", roster_key="gwf-3")
    ticket = await house.world.filed(await reporter.someone(), "NOI01", "BL-45")
    at_work = await worker.someone()
    await at_work.presses("button_accept")
    photo = await worker.photo()
    await at_work.does(GivePhotos(attachments=(photo,)))
    assert (await reporter.get(f"/attachments/{photo}")).status == 404
    note = [entry for entry in await house.world.timeline(ticket) if entry.verb == "note"][-1]

    await at_work.does(ShareNote(ticket_id=ticket.id, seq=note.seq, share=True))

    assert (await reporter.get(f"/attachments/{photo}")).status == 200


async def _filed_with(house: House, reporter: Visitor, photo: str, leaf: str = "PUB07") -> Ticket:
    someone = await reporter.someone()
    ticket = await house.world.filed(someone, leaf, "BL-45", "楼上天天练鼓")
    async with house.world.reading() as uow:
        await uow.tickets.attach(ticket.id, [photo], "report", someone.id)
        await uow.commit()
    return ticket


async def _follow(house: House, ticket: Ticket, neighbour: Visitor) -> None:
    someone = await neighbour.someone()
    async with house.world.reading() as uow:
        await uow.tickets.follow(ticket.id, someone.id, "me_too")
        await uow.commit()
