"""Whatever can be dialled is a telephone; what only looks like one is none."""

from __future__ import annotations

import pytest

from tests.nlu.extracting import found, said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("打138 2205 6617", "+8613822056617"),
        ("电话：１３９２２８１７７０６", "+8613922817706"),
        ("一三七 六零二八 四四一九", "+8613760284419"),
        ("one three nine, double two, four six, seven seven eight one", "+8613922467781"),
        ("電話九六二三 四四一八", "+85296234418"),
        ("852-5533-9021", "+85255339021"),
        ("+86-0757-2615-8890", "+8675726158890"),
        ("0086 13922204471", "+8613922204471"),
        ("my number is 9123 4567", "+85291234567"),
        ("12-2-1604 13712345678", "+8613712345678"),
        ("客服4008205511", "+864008205511"),
    ],
)
def test_a_number_is_found_however_it_is_written(text: str, number: str) -> None:
    assert [e["value"] for e in found(text) if e["kind"] == "phone"] == [{"e164": number}]


@pytest.mark.parametrize(
    ("text", "phone", "extension"),
    [
        ("打0757-8633 2098转6", "0757-8633 2098转6", "6"),
        ("打0757 8322 6601 內線 12啦", "0757 8322 6601 內線 12", "12"),
        ("ring 2733 1188 ext. 204", "2733 1188 ext. 204", "204"),
    ],
)
def test_an_extension_belongs_to_the_number(text: str, phone: str, extension: str) -> None:
    [entity] = [entity for entity in found(text) if entity["kind"] == "phone"]

    assert entity["text"] == phone
    assert entity["value"]["extension"] == extension


@pytest.mark.parametrize(
    "text",
    [
        "身份证440602199003124518",
        "工单号240-117-3389",
        "电表读数0048213",
        "meter number 55120938",
        "订单号13800138000",
        "粤B12345",
        "2026-11-20 19:30-21:00",
        "价格13800元",
        "打12345",
        "五六七八九十",
    ],
)
def test_what_only_looks_like_a_number_to_dial_is_none(text: str) -> None:
    assert said(text, "phone") == []
