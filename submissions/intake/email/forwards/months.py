"""The months in many languages, as mail programs write them in dates."""

# ruff: noqa: RUF001  letters of other alphabets are meant here

from submissions.intake.email.forwards.caseless import caseless

_NAMES = (
    """januára januarja januara january januar janvier enero janeiro gennaio januari janúar januári ianuarie gener
    leden ledna styczeń stycznia tammikuu tammikuuta jaanuar janvāris janvārī sausio sausis января январь січня
    січень студзеня януари јануар siječanj siječnja ocak ιανουαρίου ιανουάριος urtarrila มกราคม يناير ינואר""",
    """februára februarja februara лютага february februar février febrero fevereiro febbraio februari február
    februarie febrer únor února luty lutego helmikuu helmikuuta veebruar februāris februārī vasario vasaris
    февраля февраль лютого лютий февруари фебруар veljača veljače şubat φεβρουαρίου φεβρουάριος otsaila
    กุมภาพันธ์ فبراير פברואר""",
    """mac march märz mars marzo março maart marts marec marca március martie març březen března marzec maaliskuu
    maaliskuuta märts marta kovo kovas марта март березня березень сакавіка ožujak ožujka mart μαρτίου μάρτιος
    maret มีนาคม مارس מרץ""",
    """aprila april avril abril aprile apríl apríla április aprilie duben dubna kwiecień kwietnia huhtikuu
    huhtikuuta aprill aprīlis aprīlī balandžio апреля апрель квітня квітень красавіка април travanj travnja
    nisan απριλίου apirila เมษายน أبريل אפריל""",
    """maja may mai mayo maio maggio mei maj máj mája május maig květen května toukokuu toukokuuta maijs maijā
    gegužės мая май травня травень мај svibanj svibnja mayıs μαΐου μάιος maiatza พฤษภาคม مايو מאי""",
    """junija juna чэрвеня june juni juin junio junho giugno jún júna június iunie juny červen června czerwiec
    czerwca kesäkuu kesäkuuta juuni jūnijs jūnijā birželio июня июнь червня червень юни јун jun lipanj lipnja
    haziran ιουνίου ιούνιος ekaina มิถุนายน يونيو יוני""",
    """julija jula julai ліпеня july juli juillet julio julho luglio júl júla július iulie juliol července červenec
    lipiec lipca heinäkuu heinäkuuta juuli jūlijs jūlijā liepos июля июль липня липень юли јул jul srpanj srpnja
    temmuz ιουλίου ιούλιος uztaila กรกฎาคม يوليو יולי""",
    """avgusta ogos жніўня august août agosto augustus augusti augusta augusztus agost srpen srpna sierpień
    sierpnia elokuu elokuuta augusts augustā rugpjūčio августа август серпня серпень kolovoz kolovoza avgust
    ağustos αυγούστου αύγουστος agustus abuztua สิงหาคม أغسطس אוגוסט""",
    """верасня september septembre septiembre setembro settembre septembra szeptember septembrie setembre září
    wrzesień września syyskuu syyskuuta septembris septembrī rugsėjo сентября сентябрь вересня вересень
    септември септембар rujan rujna eylül septembar σεπτεμβρίου σεπτέμβριος iraila กันยายน سبتمبر ספטמבר""",
    """oktobra кастрычніка october oktober octobre octubre outubro ottobre október októbra octombrie říjen října
    październik października lokakuu lokakuuta oktoober oktobris oktobrī spalio октября октябрь жовтня жовтень
    октомври октобар oktobar ekim οκτωβρίου οκτώβριος urria ตุลาคม أكتوبر אוקטובר""",
    """лістапада november novembre noviembre novembro novembra noiembrie listopadu marraskuu marraskuuta novembris
    novembrī lapkričio ноября ноябрь листопада листопад ноември новембар studeni studenoga kasım novembar
    νοεμβρίου νοέμβριος azaroa พฤศจิกายน نوفمبر נובמבר""",
    """disember снежня december dezember décembre diciembre dezembro dicembre desember decembra decembrie desembre
    prosinec prosince grudzień grudnia joulukuu joulukuuta detsember decembris decembrī gruodžio декабря декабрь
    грудня грудень декември децембар prosinca aralık decembar δεκεμβρίου δεκέμβριος abendua ธันวาคม ديسمبر דצמבר""",
)
ENGLISH = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
SHORTEST = 3
_TWO = "listopada"


def _prefixes() -> dict[str, int]:
    """Return the beginnings of the names that mean one month, whichever the language."""
    found: dict[str, set[int]] = {}
    for number, names in enumerate(_NAMES, 1):
        for name in map(caseless, names.split()):
            for length in range(SHORTEST, len(name) + 1):
                found.setdefault(name[:length], set()).add(number)
    one = {prefix: min(numbers) for prefix, numbers in found.items() if len(numbers) == 1}
    return {prefix: number for prefix, number in one.items() if not _TWO.startswith(prefix)}


MONTHS = (
    _prefixes()
    | {caseless(name): number for number, names in enumerate(_NAMES, 1) for name in names.split()}
    | {name: number for number, name in enumerate(ENGLISH, 1)}
)
"""Folded names and their beginnings of three letters or more, as far as they mean one month in every language.

`lis` and `listopada` are not among them: Polish means November, Croatian October.
"""
