"""Times as text: RFC 3339 to nanoseconds since 1970 and back."""

import re
from datetime import datetime, timezone

from .cometbft import SECOND

FORM = re.compile(r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:\.(\d{1,9})\d*)?(?:[Zz]|([+-])(\d\d):(\d\d))")


def parse_time(text: str) -> int:
    """Nanoseconds since 1970; digits beyond the ninth are dropped. Raises ValueError."""
    match = FORM.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no time such as 2027-03-01T08:30:00Z")
    day, hour, fraction, sign, hours, minutes = match.groups()
    moment = datetime.strptime(f"{day} {hour}", "%Y-%m-%d %H:%M:%S").replace(tzinfo=timezone.utc)
    offset = (int(hours) * 60 + int(minutes)) * 60 * (-1 if sign == "-" else 1) if sign else 0
    return (int(moment.timestamp()) - offset) * SECOND + int((fraction or "").ljust(9, "0"))


def format_time(nanoseconds: int) -> str:
    """RFC 3339 in UTC, with a fraction only where there is one."""
    seconds, rest = divmod(nanoseconds, SECOND)
    moment = datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    fraction = f".{rest:09d}".rstrip("0") if rest else ""
    return f"{moment}{fraction}Z"
