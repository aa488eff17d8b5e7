"""The month once more, plain and slow: every minute by itself, every krona as a fraction. Nothing of ours is used."""

from collections import defaultdict
from datetime import UTC, date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")
KRONOR = {2023: "324.50", 2024: "332.60", 2025: "342.60", 2026: "347.70"}
WEIGHT = {"active": Fraction(1), "visit": Fraction(1), "waiting": Fraction(1, 4), "standby": Fraction(1, 7)}
RANK = ["first_hours", "whole", "other_payer", "advance", "temporary"]


def whole(exact):
    """A half away from zero."""
    value = Decimal(exact.numerator) / Decimal(exact.denominator)
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))


def days_between(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def months_on(day, count):
    month = day.month - 1 + count
    year, month = day.year + month // 12, month % 12 + 1
    while True:
        try:
            return date(year, month, day.day)
        except ValueError:
            day -= timedelta(days=1)


def granted(decision, day):
    """(first day, minutes) of the span of the decision that a day lies in."""
    valid_to = decision.get("valid_to") or date(9999, 1, 1)
    if decision["per"] == "total":
        first, last = decision["valid_from"], valid_to
        minutes = Fraction(decision["minutes"])
    elif decision["per"] == "half_year":
        number = 0
        while months_on(decision["valid_from"], 6 * (number + 1)) <= day:
            number += 1
        first = months_on(decision["valid_from"], 6 * number)
        full = days_between(first, months_on(decision["valid_from"], 6 * (number + 1)) - timedelta(days=1))
        last = min(full[-1], valid_to)
        minutes = Fraction(decision["minutes"] * len(days_between(first, last)), len(full))
    else:
        start = day.replace(day=1)
        all_days = days_between(start, months_on(start, 1) - timedelta(days=1))
        first, last = max(start, decision["valid_from"]), min(all_days[-1], valid_to)
        minutes = Fraction(0)
        for _ in days_between(first, last):
            if decision["per"] == "day":
                minutes += decision["minutes"]
            elif decision["per"] == "month":
                minutes += Fraction(decision["minutes"], len(all_days))
            elif decision.get("month_factor"):
                minutes += Fraction(decision["minutes"]) * Fraction(decision["month_factor"]) / len(all_days)
            else:
                minutes += Fraction(decision["minutes"], 7)
    ends = decision["per"] != "total" or decision.get("valid_to")
    taken_off = decision.get("parental_a_day", 0) * len(days_between(first, last)) if ends else 0
    return first, max(0, whole(minutes) - taken_off)


def due(month, rows, decisions, permits=None, costs=(), rates=None):
    """Öre to pay for the month, and the minutes of each code that were not approved (by the clock)."""
    held = lambda one, day: one["valid_from"] <= day <= (one.get("valid_to") or day)  # noqa: E731
    minutes, refused = [], defaultdict(int)
    for row in rows:
        now, order = row["start"], (row["start"], row["row"])
        while now < row["end"]:
            local = now.astimezone(SWEDEN)
            if (local.hour, local.minute) == (0, 0):
                order = (now, row["row"])
            if (local.year, local.month) == (month.year, month.month):
                minutes.append((order, now, local, row))
            now += timedelta(minutes=1)
    standing = []
    for minute in minutes:
        _, _, local, row = minute
        here = [one for one in decisions if held(one, local.date()) and one["cover"] != "sick_cover"]
        if row.get("refused"):
            refused[row["refused"]] += 1
        elif row["kind"] not in WEIGHT:
            refused["kind_not_paid"] += 1
        elif not here:
            refused["outside_decision"] += 1
        elif permits is not None and not any(paid_by_permit(one, local.date()) for one in permits):
            refused["no_permit"] += 1
        else:
            standing.append(minute)
    bank_used, dropped = 0, set()
    at_once = defaultdict(list)
    for minute in standing:
        if minute[3]["kind"] in ("active", "visit", "waiting"):
            at_once[minute[1]].append(minute)
    for moment in sorted(at_once):
        local = moment.astimezone(SWEDEN)
        clock, valid = local.hour * 60 + local.minute, [one for one in decisions if held(one, local.date())]
        slots = [slot for one in valid for slot in one.get("slots", ())]
        allowed = 1 + sum(s[3] for s in slots if s[0] in (None, local.isoweekday()) and s[1] <= clock < s[2])
        for order, _, _, _ in sorted(at_once[moment], key=lambda minute: minute[0])[allowed:]:
            if bank_used < sum(one.get("bank", 0) for one in valid):
                bank_used += 1
            else:
                dropped.add((order, moment))
    refused["above_double"] += len(dropped)
    month_days = days_between(month, months_on(month, 1) - timedelta(days=1))
    limits = {one["id"]: whole(Fraction(1200 * sum(held(one, day) for day in month_days), 7)) for one in decisions}
    given, used, ours, exact = {}, defaultdict(Fraction), defaultdict(Fraction), Fraction(0)
    for order, moment, local, row in sorted(standing, key=lambda minute: minute[:2]):
        if (order, moment) in dropped:
            continue
        day, rest = local.date(), WEIGHT[row["kind"]]
        here = [one for one in decisions if held(one, day) and one["cover"] != "sick_cover"]
        here = [one for one in here if one["id"] == row.get("decision")] or here
        for one in sorted(here, key=lambda one: (RANK.index(one["cover"]), one["valid_from"], one["id"])):
            if (one["id"], day) not in given:
                given[one["id"], day] = granted(one, day)
            first, room = given[one["id"], day]
            price_of_minute = rest if one.get("weighted", True) else rest / WEIGHT[row["kind"]]
            part = min(Fraction(1), max(Fraction(0), room - used[one["id"], first]) / price_of_minute) if rest else 0
            used[one["id"], first] += part * price_of_minute
            filled, rest = rest * part, rest * (1 - part)
            if one["cover"] == "other_payer":
                filled = Fraction(0)
            if one["cover"] == "first_hours":
                filled = min(filled, limits[one["id"]] - ours[one["id"]])
            ours[one["id"]] += filled
            hour = Fraction(one["own_rate"]) if one.get("own_rate") else Fraction((rates or KRONOR_ON)(day)) * 100
            exact += filled / 60 * hour * Fraction(one.get("raised") or 1)
    for _, day, ore in costs:
        if (day.year, day.month) == (month.year, month.month):
            exact += ore if any(one["cover"] == "sick_cover" and held(one, day) for one in decisions) else 0
    return whole(exact), {code: count for code, count in refused.items() if count}


def KRONOR_ON(day):
    return KRONOR[day.year]


def paid_by_permit(permit, day):
    first, last, told = permit
    return first <= day and (last is None or day <= last or day <= max(told, last) + timedelta(days=14))


def utc(year, month, day, hour=0, minute=0, fold=0):
    """An instant from a Swedish clock."""
    from datetime import datetime

    return datetime(year, month, day, hour, minute, fold=fold, tzinfo=SWEDEN).astimezone(UTC)
