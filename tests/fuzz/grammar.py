"""Mails that nobody would write, made by the grammar of mail: each piece may be right, wrong, or of the wrong kind."""

import base64
import quopri
from random import Random

CHARSETS = (
    *("utf-8", "us-ascii", "iso-8859-1", "windows-1252", "utf-7", "utf-16", "iso-2022-jp", "gb2312", "hz", "idna"),
    *("punycode", "unicode_escape", "zlib_codec", "rot13", "x-unknown", "", "\0", "utf-8*en", "cp65001", "koi8-r"),
)
WORDS = (
    *("bridge", "letter", "town", "Müller", "Iñaki", "Дума", "編集者", "مرحبا", "a" * 300, "-", "--", ">", ">>>", "|"),
    *(
        "=",
        "=?",
        "?=",
        "(",
        ")",
        "<",
        ">",
        '"',
        "\\",
        ",",
        ";",
        ":",
        "@",
        "\0",
        "\r",
        "\t",
        "\x1b[2J",
        "\u202e",
        "\ufeff",
    ),
    *("http://x.example/", "w.prairie@example.org", "+1 307 555 0100", "Sheridan, WY 82801", "\ud83d", "ß", "İ", "ſ"),
)
ADDRESSES = (
    *("w.prairie@example.org", "W. Prairie <w@example.org>", '"Prairie, W." <w@example.org>', "<>", "a@b@c", "x:y@z;"),
    *("Prairie, W. <w@example.org>", "g: a@b.example, c@d.example;", "g: h: i@j.example;;", "=?utf-8?q?a=2C?= <a@b.c>"),
    *(
        "mailer-daemon@example.org",
        "(c(o(m))) a@b.example",
        '"a\\"b"@c.example',
        "<@r,@s:a@b.example>",
        "a@[127.0.0.1]",
    ),
    *("a@xn--.example", "é@ü.example", "a" * 400 + "@b.example", "a@" + "b." * 200 + "example", "undisclosed:;", "="),
)
DATES = (
    *("Mon, 05 Jan 2026 10:00:00 -0700", "1 Jan 1 0:0:0 +9999", "Mon, 99 Foo 99999 99:99:99 -0000", "-1", "0", "x, y"),
    *(
        "31 Feb 2026 24:60 XYZ",
        "5 Jan 9999 23:59:59 -1200",
        "1 Jan 0001 00:00 +1400",
        "2026-01-05T10:00:00Z",
        "1e9 1e9",
    ),
)
SEPARATORS = (
    *("---------- Forwarded message ---------", "-----Original Message-----", "Begin forwarded message:", "_" * 32),
    *("-------- Weitergeleitete Nachricht --------", "-----Ursprüngliche Nachricht-----", "-- ", "---", "> ---", ">"),
    *("On Mon, Jan 5, 2026 at 10:00 AM W. Prairie <w@example.org> wrote:", "Le 5 janv. 2026 à 10:00, W. a écrit :"),
    *("Am 05.01.2026 um 10:00 schrieb W. Prairie:", "El lun, 5 ene 2026 a las 10:00, W escribió:", "Am schrieb:"),
    *(
        "5 января 2026 г., 10:00, W. Prairie <w@example.org>:",
        "2026年1月5日(月) 10:00 W. <w@example.org>:",
        "On wrote:",
    ),
    *("Sent from my iPhone", "Von meinem iPhone gesendet", "This message is confidential.", "Le a écrit :", "W wrote:"),
)
LABELS = (
    ("From", "Date", "Subject", "To"),
    ("Von", "Gesendet", "An", "Betreff"),
    ("De", "Envoyé", "À", "Objet"),
    ("De", "Enviado el", "Para", "Asunto"),
    ("Da", "Inviato", "A", "Oggetto"),
    ("От", "Дата", "Кому", "Тема"),
    ("差出人", "日時", "宛先", "件名"),
    ("寄件者", "日期", "收件者", "主旨"),
    ("Från", "Skickat", "Till", "Ämne"),
    ("Lähettäjä", "Päivämäärä", "Aihe", "Vastaanottaja"),
)
FIELDS = (
    *("From", "To", "Cc", "Subject", "Date", "Message-ID", "References", "In-Reply-To", "Received", "Return-Path"),
    *("Authentication-Results", "ARC-Seal", "ARC-Message-Signature", "ARC-Authentication-Results", "Auto-Submitted"),
    *("X-Loop", "List-Id", "Precedence", "Delivered-To", "X-Failed-Recipients", "Reply-To", "Sender", "X-Spam-Status"),
    *("X-Auto-Response-Suppress", "X-Forwarded-To", "List-Unsubscribe", "X-Mailer", "MIME-Version", "X", ""),
)
RESULTS = (
    *("mx.example; dmarc=pass (p=REJECT) header.from=example.org", "mx.example; spf=fail smtp.mailfrom=a@b.example"),
    *("mx.example; " + "dkim=pass header.d=x.example; " * 40, 'mx.example 1; dkim=pass (a(b(c) d) header.d="x', "; =;"),
    *("i=1; mx.example; arc=none", "i=1; a=rsa-sha256; d=seal.example; s=x; cv=none; b=AA==", "i=99999999999; d=;;=;"),
)
TYPES = (
    *("text/plain", "text/html", "text/calendar", "text/plain; format=flowed; delsp=yes", "message/rfc822", "text/rtf"),
    *("message/delivery-status", "message/feedback-report", "message/external-body", "message/partial", "image/png"),
    *("application/ms-tnef", "application/octet-stream", "application/pgp-encrypted", "multipart/mixed", "text", "/"),
    *("message/disposition-notification", "text/rfc822-headers", "application/pdf", "message/global", "a/b/c", "*/*"),
)
MULTIPARTS = ("mixed", "alternative", "related", "report; report-type=delivery-status", "digest", "signed", "x", "")
PARAMETERS = (
    *("name=a.txt", 'name="=?utf-8?b?w7w=?=.txt"', "name*=utf-8''%e2%82", "name*0*=utf-8''a; name*1=b", "name*=''"),
    *("name*x=1", "name*99999=a; name*0=b", "charset", "charset=;", "boundary=", "=x", "; ;", 'name="', "name*0*=%"),
)
ENCODINGS = ("base64", "quoted-printable", "x-uuencode", "8bit", "binary", "7bit", "base64 ", "x", "")
REPORTS = (
    *(
        "Final-Recipient: rfc822; w@example.org",
        "Action: failed",
        "Status: 5.1.1",
        "Diagnostic-Code: smtp; 550 5.1.1 No",
    ),
    *("Original-Recipient: rfc822;w@example.org", "Reporting-MTA: dns; mx.example", "Remote-MTA:", "Status: 9.9.9999"),
    *("Hi. This is the qmail-send program at mx.example.", "<w@example.org>:", "550 5.1.1 unknown user w@example.org"),
    *("   ----- The following addresses had permanent fatal errors -----", "The message could not be delivered to:"),
)
TAGS = ("div", "p", "br", "blockquote", "table", "td", "pre", "script", "style", "a href='//x'", "svg", "!--", "b", "")
MAGIC = (
    b"\x78\x9f\x3e\x22" + b"\1" * 40,
    b"begin 644 a.txt\n#0V%T\n`\nend\n",
    b"=ybegin line=128 size=9 name=x\n\1\n=yend\n",
    b"{\\rtf1 ",
    b"%PDF-1.4",
)


class Maker:
    """Makes mails by chance; the same seed makes the same mails."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance

    def message(self, depth: int = 0) -> bytes:
        """Return a mail, down to four levels of parts."""
        lines = [self._field() for _ in range(self.chance.choice((1, 3, 6, 12)))]
        end = self.chance.choice(("\r\n", "\r\n", "\n", "\r"))
        head = end.join(lines).encode("utf-8", "surrogatepass")
        return head + end.encode() + self._part(depth)

    def _part(self, depth: int) -> bytes:
        if depth < 4 and self._may(0.45):
            return self._multipart(depth)
        kind, encoding = self._pick(TYPES), self._pick(ENCODINGS)
        charset = self._pick(CHARSETS)
        fields = [f"Content-Type: {kind}; charset={charset}; {self._pick(PARAMETERS)}"]
        fields += [f"Content-Transfer-Encoding: {encoding}"] if self._may(0.6) else []
        fields += [f"Content-Disposition: attachment; file{self._pick(PARAMETERS)}"] if self._may(0.3) else []
        inner = self.message(depth + 1) if depth < 4 and kind.startswith("message/") else self._content(kind)
        head = "\r\n".join(fields).encode("utf-8", "surrogatepass")
        return head + b"\r\n\r\n" + self._encoded(inner, encoding)

    def _multipart(self, depth: int) -> bytes:
        boundary = self._pick(("b", "b", "=_x", "--", "b b", "é", "x" * 80))
        said = boundary if self._may(0.9) else "other"
        head = f'Content-Type: multipart/{self._pick(MULTIPARTS)}; boundary="{said}"\r\n\r\n'.encode()
        mark = f"--{boundary}".encode()
        parts = [mark + b"\r\n" + self._part(depth + 1) for _ in range(self.chance.randint(0, 4))]
        return head + b"\r\n".join([*parts, mark + b"--\r\n" if self._may(0.8) else b""])

    def _content(self, kind: str) -> bytes:
        if kind == "text/html":
            return self._html().encode("utf-8", "surrogatepass")
        if self._may(0.1):
            return self._pick(MAGIC) * self.chance.choice((1, 1, 20))
        return self.text().encode(self._pick(("utf-8", "utf-16", "latin-1", "gb18030")), "replace")

    def text(self) -> str:
        """Return a text as letters, forwards and bounces have it."""
        makers = (self._sentence, self._forward, self._separator, self._report, self._quote)
        return "\n".join(self._pick(makers)() for _ in range(self.chance.choice((1, 3, 10, 30))))

    def _sentence(self) -> str:
        return " ".join(self._pick(WORDS) for _ in range(self.chance.choice((1, 5, 12))))

    def _separator(self) -> str:
        return self._pick(SEPARATORS)

    def _report(self) -> str:
        return self._pick(REPORTS)

    def _quote(self) -> str:
        return "\n".join(">" * self.chance.randint(0, 4) + " " + self._sentence() for _ in range(3))

    def _forward(self) -> str:
        colon = self._pick((":", ": ", " : ", ":\t", "：", ""))
        values = (self._pick(ADDRESSES), self._pick(DATES), self._sentence(), self._pick(ADDRESSES))
        mark = self._pick(("", "", "*", "> ", "**"))
        block = [f"{mark}{label}{colon}{value}{mark}" for label, value in zip(self._pick(LABELS), values, strict=True)]
        return "\n".join([self._separator(), *block, "", self._sentence()])

    def _html(self) -> str:
        tags = [self._pick(TAGS) for _ in range(self.chance.choice((1, 5, 40)))]
        return "".join(
            f"<{tag}>{self._sentence()}" + (f"</{tag.split()[0]}>" if tag and self._may(0.6) else "") for tag in tags
        )

    def _field(self) -> str:
        name = self._pick(FIELDS)
        values = {
            "Date": self._pick(DATES),
            "Authentication-Results": self._pick(RESULTS),
            "ARC-Seal": self._pick(RESULTS),
            "Subject": self._word(),
            "Message-ID": self._pick(("<1@example.org>", "<[x]>", "<>", "x", "<a b>", "<" + "x" * 600 + "@y>")),
        }
        value = values.get(name) or (self._pick(ADDRESSES) if self._may(0.6) else self._word())
        fold = self._pick(("", "", "\r\n ", "\r\n\t\r\n "))
        return f"{name}{self._pick((':', ': ', ' :', ''))}{fold}{value}"

    def _word(self) -> str:
        charset, content = self._pick(CHARSETS), self._sentence().encode("utf-8", "surrogatepass")
        coded = {
            "b": base64.b64encode(content).decode(),
            "q": quopri.encodestring(content, header=True).decode("latin-1"),
        }
        kind = self._pick(("b", "q"))
        word = f"=?{charset}?{kind}?{coded[kind]}?="
        return self._pick((word, f"{word} {word}", word[:-3], self._sentence(), f"Fwd: Re: AW: {word}"))

    def _encoded(self, content: bytes, encoding: str) -> bytes:
        if encoding == "base64" and self._may(0.8):
            return base64.encodebytes(content)
        if encoding == "quoted-printable" and self._may(0.8):
            return quopri.encodestring(content)
        return content

    def _may(self, share: float) -> bool:
        return self.chance.random() < share

    def _pick(self, choices):
        return self.chance.choice(choices)
