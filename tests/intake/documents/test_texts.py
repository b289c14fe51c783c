import pytest

from submissions.intake.documents.readers import html, text

FRENCH = "Le café “Chez nous” ferme déjà à midi, et personne dans tout le quartier ne sait dire pourquoi. " * 2


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_its_charset(charset):
    assert text.read(FRENCH.encode(charset)).text.lstrip("\ufeff") == FRENCH


def test_few_curly_quotes_are_those_of_windows():
    said = (
        "The council’s plan isn’t “new”. We do not need it \u2014 not now, and not in any spring that I can think of."
    )
    assert text.read(said.encode("cp1252")).text == said


def test_text_in_another_script_is_guessed():
    said = "Привет, как дела? Это письмо в редакцию."
    assert text.read(said.encode("cp1251")).text == said


def test_very_long_text_is_read_to_the_end_of_a_line():
    assert text.read(("é" * 99 + "\n").encode() * 20_000).text.count("\n") == 10_049


def test_web_page_is_read_in_the_charset_that_it_declares():
    page = '<html><head><meta charset="koi8-r"><title>x</title></head><body><p>Привет</p><p>мир</p></body></html>'
    assert html.read(page.encode("koi8-r")).text == "Привет\n\nмир"
