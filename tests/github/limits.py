"""How much a token may ask: an hour's budget, and the secondary limits of a minute."""

from collections import defaultdict, deque
from datetime import timedelta

from tests.github.people import Refused

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
POINTS = {"core": 900, "graphql": 2000}  # of a minute: reading costs 1, writing 5
CONTENT = ((80, MINUTE), (500, HOUR))
RETRY_AFTER = 60


class Limits:
    """Counts by the server's clock; `caps["core"] = 3` makes an hour's budget small."""

    def __init__(self, clock):
        self.clock = clock
        self.caps = {}
        self.begun = {}
        self.used = defaultdict(int)
        self.spent = defaultdict(deque)
        self.written = defaultdict(deque)

    def seen(self, token, resource):
        """A budget as GitHub shows it."""
        key = (token.value, resource)
        now = self.clock.now()
        if now >= self.begun.setdefault(key, now) + HOUR:
            self.begun[key], self.used[key] = now, 0
        limit = self.caps.get(resource, 30 if resource == "search" else token.hourly)
        used = min(self.used[key], limit)
        reset = int((self.begun[key] + HOUR).timestamp())
        return {"limit": limit, "used": used, "remaining": limit - used, "reset": reset}

    def headers(self, token, resource):
        seen = self.seen(token, resource)
        return {f"X-RateLimit-{name.title()}": str(value) for name, value in seen.items()} | {
            "X-RateLimit-Resource": resource
        }

    def charge(self, token, resource, cost=1):
        """Take a request's price; False where the hour's budget is spent."""
        if self.seen(token, resource)["remaining"] < cost:
            return False
        self.used[token.value, resource] += cost
        return True

    def refund(self, token, resource):
        """An answer of 304 is free."""
        self.used[token.value, resource] -= 1

    def slow_down(self, token, resource, *, writes):
        """Refuse what comes too fast."""
        now = self.clock.now()
        spent, written = self.spent[token.value, resource], self.written[token.value]
        recent(spent, now - MINUTE)
        recent(written, now - HOUR)
        points = 5 if writes else 1
        too_much = sum(cost for _, cost in spent) + points > POINTS[resource]
        if writes:
            too_much |= any(sum(at > now - span for at, _ in written) >= most for most, span in CONTENT)
            written.append((now, 1))
        spent.append((now, points))
        if too_much:
            raise secondary()


def recent(times, since):
    while times and times[0][0] <= since:
        times.popleft()


def secondary(status=403, retry_after=RETRY_AFTER):
    headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
    return Refused(status, SECONDARY, headers=headers)


def exceeded(token):
    """The words for a spent budget, by whoever spent it."""
    if token.is_app:
        return f"API rate limit exceeded for installation ID {token.installation or token.app.id}."
    return "API rate limit exceeded for " + (f"user ID {token.user.id}." if token.user else "127.0.0.1.")
