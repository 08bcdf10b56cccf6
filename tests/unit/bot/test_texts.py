"""The catalogue refuses what would surprise a reader, and never interprets what it inserts."""

from pathlib import Path

import pytest

from bot.texts import LANGUAGES, Catalogue, CatalogueError, fill, language_of

ROOT = Path(__file__).resolve().parents[3]


def write(folder: Path, **texts: str) -> Path:
    """The same file in every language, unless a language is given its own."""
    for language in LANGUAGES:
        (folder / language).mkdir(exist_ok=True)
        text = texts.get(language, texts["all"])
        (folder / language / "theme.yml").write_text(text, encoding="utf-8")
    return folder


def complaints(folder: Path) -> list[str]:
    with pytest.raises(CatalogueError) as refused:
        Catalogue.load(folder)
    return refused.value.complaints


def test_the_texts_of_the_product_agree() -> None:
    assert "error_general" in Catalogue.load(ROOT / "config" / "texts").keys


def test_every_file_of_a_language_is_read(tmp_path: Path) -> None:
    write(tmp_path, all='greet: "你好"')
    for language in LANGUAGES:
        (tmp_path / language / "other.yml").write_text('bye: "再见"', encoding="utf-8")

    assert Catalogue.load(tmp_path).keys == {"greet", "bye"}


def test_a_text_missing_in_one_language_is_named(tmp_path: Path) -> None:
    write(tmp_path, all='greet: "你好"\nbye: "再见"', en='greet: "Hello"')

    assert complaints(tmp_path) == ["bye: missing in en"]


def test_a_placeholder_missing_in_one_language_is_named(tmp_path: Path) -> None:
    write(tmp_path, all='greet: "{name}你好"', zh_HK='greet: "你好"')

    assert complaints(tmp_path) == ["greet: zh_HK lacks {name}"]


def test_the_same_key_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, all='greet: "你好"')
    (tmp_path / "en" / "zzz.yml").write_text('greet: "Hi"', encoding="utf-8")

    assert complaints(tmp_path) == ["greet: twice in en (again in zzz.yml)"]


def test_the_same_key_twice_in_one_file_is_refused(tmp_path: Path) -> None:
    write(tmp_path, all='greet: "你好"', en='greet: "Hello"\ngreet: "Hi"')

    assert "en/theme.yml: greet: twice" in complaints(tmp_path)


@pytest.mark.parametrize(
    "text", ["{0}", "{name.__class__}", "{name[0]}", "{name!r}", "{name:>9}", "{", "}}", "{Name}"]
)
def test_a_brace_holds_a_plain_name_or_is_refused(tmp_path: Path, text: str) -> None:
    write(tmp_path, all=f'greet: "{text}"')

    assert "greet: braces hold a plain {name} only, in en/theme.yml" in complaints(tmp_path)


@pytest.mark.parametrize("content", ["- a list", "greet: 5", 'greet: ""', "greet: [a]", "{"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: str) -> None:
    write(tmp_path, all='greet: "你好"', en=content)

    assert complaints(tmp_path)


def test_a_missing_language_is_refused(tmp_path: Path) -> None:
    (tmp_path / "zh_CN").mkdir()
    (tmp_path / "zh_CN" / "a.yml").write_text('greet: "你好"', encoding="utf-8")

    assert "en: no texts" in complaints(tmp_path)


@pytest.mark.parametrize(
    "said", ["{other}", "{{7*7}}", "{0.__class__}", "%s", "{said}", r"\1", "\\g<0>", "${said}"]
)
def test_what_is_inserted_is_never_looked_at_again(said: str) -> None:
    assert fill("「{said}」{other}", {"said": said, "other": "!"}) == f"「{said}」!"


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("zh-CN", "zh_CN"),
        ("zh-HK", "zh_HK"),
        ("zh_HK", "zh_HK"),
        ("yue", "zh_HK"),
        ("zh-Hant-TW", "zh_HK"),
        ("en", "en"),
        ("en-GB", "en"),
        ("zh", "zh_CN"),
        ("fr", "zh_CN"),
        ("", "zh_CN"),
    ],
)
def test_every_locale_finds_a_language(locale: str, language: str) -> None:
    assert language_of(locale) == language
