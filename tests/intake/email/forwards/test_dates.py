import pytest

from submissions.intake.email.forwards.dates import read_date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Mon, 5 Jan 2026 10:00:00 -0700", "2026-01-05T10:00:00-07:00"),
        ("Mon, Jan 5, 2026 at 10:00 PM", "2026-01-05T22:00:00"),
        ("Monday, January 5, 2026 12:05 AM", "2026-01-05T00:05:00"),
        ("2026-01-05 10:00 GMT+05:30", "2026-01-05T10:00:00+05:30"),
        ("5 janvier 2026 à 14:25:08 UTC", "2026-01-05T14:25:08+00:00"),
        ("lun. 5 janv. 2026 à 14h25", "2026-01-05T14:25:00"),
        ("mar., 3 nov. 2026 09:31 CET", "2026-11-03T09:31:00+01:00"),
        ("Tue, Mar 3, 2026", "2026-03-03T00:00:00"),
        ("28.10.2026 9.31", "2026-10-28T09:31:00"),
        ("st 28. 10. 2026 v 9:31", "2026-10-28T09:31:00"),
        ("28/10/2026, 12:46", "2026-10-28T12:46:00"),
        ("10/28/26 12:46 PM", "2026-10-28T12:46:00"),
        ("02/10/2026 4:52 PM EST", "2026-02-10T16:52:00-05:00"),
        ("2 listopada 2026 o 9:31", "2026-11-02T09:31:00"),
        ("2. lis 2026. u 9:31", "2026-10-02T09:31:00"),
        ("2026年1月5日 下午8:45", "2026-01-05T20:45:00"),
        ("2026年1月5日(月) 14時05分", "2026-01-05T14:05:00"),
        ("2026년 1월 5일 (월) 오후 3:09", "2026-01-05T15:09:00"),
        ("Thứ 2, 5 tháng 1, 2026 lúc 09:31", "2026-01-05T09:31:00"),
        ("٥ يناير ٢٠٢٦", "2026-01-05T00:00:00"),
        ("5 Ιαν 2026, 9:31 μ.μ.", "2026-01-05T21:31:00"),
    ],
)
def test_read_date_understands(text, date):
    found = read_date(text)

    assert found
    assert found.isoformat() == date


@pytest.mark.parametrize(
    "text", ["", "yesterday", "10:00", "5 January", "31 February 2026", "02/10/2026", "99/99/9999", "1 Jan 2026 25:00"]
)
def test_read_date_does_not_guess(text):
    assert read_date(text) is None


def test_read_date_takes_the_day_first_where_the_language_does():
    found = read_date("02/10/2026", day_first=True)

    assert found
    assert found.isoformat() == "2026-10-02T00:00:00"
