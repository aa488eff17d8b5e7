"""Swedish working days, which deadlines are counted in.

Saturdays, midsommarafton, julafton and nyårsafton are no working days here: the law puts them beside
the holidays when the last day of a deadline is found, and no office is open on them.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from tillit.errors import BrokenError

_DAY = timedelta(days=1)


@cache
def holidays(year: int) -> Mapping[date, str]:
    """The year's holidays and the three eves, by their Swedish names; ordinary Sundays are left out.

    Law: 1989:253 1-2 §§, as since 2005 (with nationaldagen, without annandag pingst); 1930:173 2 §.

    >>> [f"{day:%m-%d} {name}" for day, name in holidays(2026).items()][5:9]
    ['05-01 första maj', '05-14 Kristi himmelsfärdsdag', '05-24 pingstdagen', '06-06 nationaldagen']
    """
    easter = easter_day(year)
    midsummer = _saturday_from(date(year, 6, 20))
    named = {
        date(year, 1, 1): "nyårsdagen",
        date(year, 1, 6): "trettondedag jul",
        easter - 2 * _DAY: "långfredagen",
        easter: "påskdagen",
        easter + _DAY: "annandag påsk",
        easter + 39 * _DAY: "Kristi himmelsfärdsdag",
        date(year, 5, 1): "första maj",
        easter + 49 * _DAY: "pingstdagen",
        date(year, 6, 6): "nationaldagen",
        midsummer - _DAY: "midsommarafton",
        midsummer: "midsommardagen",
        _saturday_from(date(year, 10, 31)): "alla helgons dag",
        date(year, 12, 24): "julafton",
        date(year, 12, 25): "juldagen",
        date(year, 12, 26): "annandag jul",
        date(year, 12, 31): "nyårsafton",
    }
    return dict(sorted(named.items()))


def is_working_day(day: date) -> bool:
    """Whether it is a Monday to Friday that is no holiday and no eve.

    >>> is_working_day(date(2026, 6, 18)), is_working_day(date(2026, 6, 19))
    (True, False)
    """
    return day.weekday() < 5 and day not in holidays(day.year)


def add_working_days(day: date, count: int) -> date:
    """The last day of a deadline of so many working days; the day it is counted from is not one of them.

    Takes: `count` of 0 or more; with 0, the day itself or the first working day after.

    >>> add_working_days(date(2026, 6, 18), 1), add_working_days(date(2026, 6, 19), 0)
    (datetime.date(2026, 6, 22), datetime.date(2026, 6, 22))
    """
    if count < 0:
        raise BrokenError("working days are counted forwards")
    if count == 0:
        day, count = day - _DAY, 1
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def working_days_between(day: date, until: date) -> int:
    """How many working days have gone when `until` is over; the day it is counted from is not one of them.

    >>> working_days_between(date(2026, 6, 18), date(2026, 6, 22))
    1
    """
    return sum(is_working_day(day + n * _DAY) for n in range(1, (until - day).days + 1))


def easter_day(year: int) -> date:
    """Easter Sunday.

    Source: the anonymous Gregorian computation, as in Meeus, Astronomical Algorithms, chapter 8.

    >>> easter_day(2026), easter_day(2038)
    (datetime.date(2026, 4, 5), datetime.date(2038, 4, 25))
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leap, skipped = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap - moon + 15) % 30
    weekday = (32 + 2 * skipped + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _saturday_from(day: date) -> date:
    return day + (5 - day.weekday()) % 7 * _DAY


def add_months(day: date, count: int) -> date:
    """So many months on: the same day of the month, or its last day where it has no such day.

    >>> add_months(date(2026, 1, 31), 1)
    datetime.date(2026, 2, 28)
    """
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
