"""What mail programs put before the subject of an answer, and of a letter passed on, in some 40 languages."""
# ruff: noqa: RUF001 the words of many scripts

ANSWERS = (
    *("antw", "antwort", "atb", "ats", "aw", "balas", "bls", "cevap", "hv", "odg", "odp", "r", "re", "ref"),
    *("res", "resp", "rif", "réf", "rép", "sv", "tl", "trả lời", "vast", "vá", "válasz", "yan", "yanıt", "ynt"),
    *("απ", "απάντ", "απάντηση", "σχετ", "відп", "на", "отв", "ответ", "השב", "תגובה", "תשובה", "رد", "ตอบ"),
    *("ตอบกลับ", "回信", "回复", "回覆", "答复", "答覆", "返信", "답장", "회신"),
)
FORWARDS = (
    *("chuyển tiếp", "ct", "doorgestuurd", "doorst", "dv", "enc", "forward", "forwarded", "fs", "fw", "fwd"),
    *("fwrd", "i", "ilt", "inoltrato", "pd", "pdp", "posr", "prosl", "proslijeđeno", "přep", "redir"),
    *("reenviado", "rv", "terusan", "tov", "továbbítva", "továbbítás", "tr", "trans", "transféré", "trs", "vb", "vd"),
    *("vl", "weitergeleitet", "wg", "πρθ", "προθ", "προώθ", "нд", "пд", "пер", "пересл", "пересылка", "пр"),
    *("прп", "הועבר", "העברה", "إعادة توجيه", "تحويل", "ส่งต่อ", "転送", "轉寄", "轉發", "转发", "转寄", "전달"),
)
EITHER = ("vs",)
"""A Finnish answer, a Danish or Norwegian letter passed on."""
