"""The words with which people close a letter, in 30 languages: "Sincerely," and its like."""
# ruff: noqa: RUF001 the words of many scripts

import re

_CLOSINGS = (
    r"(?:yours |very |most |with )*(?:sincerely|respectfully|truly|faithfully|cordially|gratefully|warmly|regretfully)"
    r"(?: yours| submitted)?|(?:yours|respectfully|sincerely) (?:truly|submitted)|yours",
    r"(?:(?:with )?(?:my |our )?(?:best|kind|kindest|warm|warmest) )?(?:regards|wishes)|best|all (?:the|my) best"
    r"|cheers",
    r"(?:with )?(?:many |my |sincere )?(?:thanks|thank you)(?: so much| very much| again| in advance| for your time"
    r"| for your consideration| for considering(?: it| this)?| for listening| and regards)?|in gratitude|signed|peace"
    r"|respectfully submitted|take care|in solidarity|your reader|a concerned (?:citizen|reader|neighbor|neighbour)",
    r"mit (?:freundlichen|besten|herzlichen|vielen|lieben|freundlichem|bestem|herzlichem) gr(?:ü|ue)(?:ß|ss)(?:en|e)?"
    r"|mit freundlichem gru(?:ß|ss)|(?:(?:viele|liebe|beste|herzliche|schöne) )?gr(?:ü|ue)(?:ß|ss)e|hochachtungsvoll"
    r"|(?:freundliche|herzliche) gr(?:ü|ue)(?:ß|ss)e|mfg|vielen dank|ihre?",
    r"(?:bien |très )?cordialement|(?:meilleures |sincères )?salutations(?: distinguées)?|bien à vous|respectueusement"
    r"|avec mes (?:meilleures|sincères) salutations|amicalement|merci(?: d'avance| beaucoup)?",
    r"(?:muy )?atentamente|(?:un |cordiales |atentos |muchos )?(?:saludos?|cordial saludo)(?: cordial(?:es)?)?"
    r"|cordialmente|respetuosamente|(?:muchas )?gracias",
    r"(?:cordiali|distinti|cari|migliori) saluti|con (?:stima|osservanza)|grazie(?: mille)?|saluti",
    r"atenciosamente|atentamente|cumprimentos|(?:com os )?(?:meus )?(?:melhores )?cumprimentos|obrigad[oa]|abraços",
    r"met (?:vriendelijke|hartelijke) groet(?:en)?|(?:vriendelijke |hartelijke )?groet(?:en|jes)?|hoogachtend",
    r"med (?:vänlig|vänliga|venlig|vennlig|bästa|beste|kærlig) h(?:älsning(?:ar)?|ilsen)|(?:vänliga )?hälsningar|mvh"
    r"|(?:venlig |vennlig )?hilsen|bästa hälsningar|(?:ystävällisin )?terveisin|kunnioittaen|kær kveðja|lugupidamisega",
    r"z (?:poważaniem|wyrazami szacunku)|(?:serdecznie )?pozdrawiam|z pozdrowieniami|pozdrowienia",
    r"s (?:pozdravem|úctou|pozdravom|poštovanjem|spoštovanjem)|üdvözlettel|tisztelettel|cu (?:stimă|respect)",
    r"saygılarımla|saygılarımızla|с (?:уважением|уважение)|искренне ваша?|з повагою|με (?:εκτίμηση|τιμή)",
    r"敬具|草々|此致|敬上|谨上|顺颂商祺|올림|드림|مع (?:التحية|أطيب التحيات|خالص التحية)|بإخلاص|בברכה|בכבוד רב"
    r"|trân trọng",
    r"kính thư|hormat saya|salam|dengan hormat|ด้วยความนับถือ",
)
_CLOSING = re.compile(
    rf"\W{{0,3}}(?:{'|'.join(_CLOSINGS)})(?=[\s,.!:;\u2013\u2014-]|$)[ \t]*[,.!:;\u2013\u2014-]{{0,2}}[ \t]*",
    re.IGNORECASE,
)
LONGEST = 80


def closing(line: str) -> tuple[str, str] | None:
    """Return the closing words of a line and what stands behind them on it ("Sincerely," and "Jane Doe"), or None.

    A line that says more than a name behind them ("Best of all, we won") is none.
    """
    shown = line[: LONGEST + 1].rstrip()
    found = _CLOSING.match(shown) if len(shown) <= LONGEST else None
    if not found:
        return None
    words, behind = found[0].rstrip(), shown[found.end() :]
    if behind and not words.endswith((",", ".", "!", ":", ";", "\u2013", "\u2014", "-")):
        return None
    return words, behind


def is_closing(line: str) -> bool:
    """Whether a line closes a letter and says nothing else."""
    found = closing(line)
    return found is not None and not found[1]
