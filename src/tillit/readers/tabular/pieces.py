"""A stretch of time as its rows: as short as it can be read and as wide, split at the town's midnights."""

from tillit.readers.tabular.stamp import timestamp_sql

_SHORT_END = "CASE WHEN _first_start < _first_end THEN _first_end ELSE _last_end END"

SHORT_SQL = f"""
  {_SHORT_END} AS _short_end,
  CASE WHEN _last_start < {_SHORT_END} THEN _last_start ELSE _first_start END AS _short_start,
  _last_day - _first_day AS _midnights
"""
"""The shortest reading, and how many midnights lie in it: from the last of two starts to the first of two ends."""

BOUNDS_SQL = """
  CASE WHEN _piece = 0 THEN _short_start ELSE piece_day.midnight END AS _start,
  CASE WHEN _piece = 0 THEN _first_start ELSE piece_day.midnight END AS _earliest,
  CASE WHEN _piece = _midnights THEN _short_end ELSE piece_day.next_midnight END AS _end,
  CASE WHEN _piece = _midnights THEN _last_end ELSE piece_day.next_midnight END AS _latest
"""
"""The ends of a piece, in the shortest reading and in the widest; `piece_day` is the town's day that it lies in."""

PIECE_SQL: dict[str, str] = {
    "work_date": "_first_day + _piece",
    "starts_at": timestamp_sql("_start"),
    "ends_at": timestamp_sql("_end"),
    "minutes": "_end - _start",
    "earliest_starts_at": timestamp_sql("_earliest"),
    "latest_ends_at": timestamp_sql("_latest"),
    "longest_minutes": "_latest - _earliest",
    "clock_uncertain": "_earliest <> _start OR _latest <> _end",
}
"""The columns of a piece."""
