"""What a subject says of how a letter came about: an answer, a letter passed on, or neither."""

# ruff: noqa: RUF001  letters of other alphabets are meant here

import re
from enum import Enum

from submissions.intake.email.forwards.folding import fold


class Prefix(Enum):
    """What stands before a subject."""

    FORWARD = "forward"
    REPLY = "reply"
    EITHER = "either"
    NONE = "none"


_FORWARD = """
fw fwd fwrd forward forwarded wg tr trans rv i enc vb vl pd pdp fs redir trs prosl proslijeđeno posr tov
továbbítás dv ilt i̇lt doorst doorgestuurd reenviado weitergeleitet пересл пересылка пер нд прп пд προθ πρθ
προώθ 转发 轉寄 轉發 转寄 転送 전달 إعادة توجيه تحويل הועבר העברה ส่งต่อ terusan chuyển tiếp
"""
_REPLY = """
re réf rép rif r aw antw antwort sv res odp odg ynt yan yanıt cevap bls balas vast vá válasz atb ats hv отв
ответ відп απ σχετ απάντ 回复 回覆 答复 答覆 返信 답장 회신 رد השב תשובה תגובה ตอบ ตอบกลับ trả lời
"""
_WORDS = {fold(word): Prefix.FORWARD for word in _FORWARD.split()} | {
    fold(word): Prefix.REPLY for word in _REPLY.split()
}
_WORDS |= {fold("إعادة توجيه"): Prefix.FORWARD, fold("chuyển tiếp"): Prefix.FORWARD, fold("trả lời"): Prefix.REPLY}
_WORDS |= {"vs": Prefix.EITHER}  # a Finnish answer, a Danish or Norwegian forward
_TAG = re.compile(r"\s{0,5}\[[^\[\]:]{1,30}\]\s{0,5}")
_HEAD = re.compile(
    r"\s{0,5}\[?\s{0,5}([^\W\d_][^:\uff1a\[\]()]{0,14}?)\s{0,3}\.?(?:\[\d{1,3}\]|\(\d{1,3}\)"
    r"|\d{0,2})\s{0,3}[:\uff1a]\s{0,5}"
)


def prefix_of(subject: str) -> Prefix:
    """Return what the first prefix of a subject says; tags such as [EXTERNAL] before it do not count."""
    return _split(subject)[0]


def without_prefix(subject: str) -> str:
    """Return a subject without tags and the prefix of a letter passed on, if it has one."""
    prefix, rest = _split(subject)
    return rest if prefix in (Prefix.FORWARD, Prefix.EITHER) else subject


def _split(subject: str) -> tuple[Prefix, str]:
    rest = subject
    while tag := _TAG.match(rest):
        rest = rest[tag.end() :]
    head = _HEAD.match(rest)
    prefix = _WORDS.get(fold(head[1]).rstrip("."), Prefix.NONE) if head else Prefix.NONE
    if not head or prefix == Prefix.NONE:
        return Prefix.NONE, subject
    inner = rest[head.end() :]
    bracketed = rest.lstrip().startswith("[")
    return prefix, inner.removesuffix("]") if bracketed else inner
