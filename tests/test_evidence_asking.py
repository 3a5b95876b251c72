"""What a run asks services for, and what it leaves."""

import threading
from collections import Counter

import pytest

from ghstatus.evidence import Answer, Budget, Fate, Reader, Want
from ghstatus.evidence.asking import Asking
from ghstatus.evidence.services import COPR_LOGS, SERVICES
from ghstatus.model import Check, CheckState, Evidence, Logs, Rule
from tests.upstream.world import HOSTS

RULE = Rule(id="packit-copr", component="copr", logs=Logs.PACKIT_COPR)
LOG_HOST = "download.copr.fedorainfracloud.org"
GOT = Answer(Fate.GOT, "a")
DOWN = Answer(Fate.DOWN, "did not answer within 10 s")
BROKEN = Answer(Fate.BROKEN, "answered 503")


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


class Line:
    """Answers from a list, and remembers who was asked."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, want):
        self.asked.append(want.url)
        return self.answers.pop(0) if self.answers else GOT


def want(name="a", host=LOG_HOST):
    return Want(f"https://{host}/{name}", COPR_LOGS, is_log=True)


def asking(line, clock=lambda: 0, budget=None):
    return Asking(line, clock, budget or Budget())


def check(url, name="rpm-build:fedora-rawhide-x86_64", **facts):
    return Check(name=name, title="Tests failed ...", state=CheckState.FAILED, url=url, **facts)


def test_a_hundred_checks_of_ten_builds_ask_for_each_page_once(upstream):
    urls = [upstream.copr(job, 10158500 + job, live=f"live {job}", backend="b") for job in range(1, 11)]
    pairs = [(check(urls[number % 10], id=number), RULE) for number in range(100)]
    reader = Reader(upstream.fetch, lambda: 0)

    found = reader.read_all(pairs)

    assert list(found) == [one for one, _ in pairs]
    assert [evidence.texts[0].text for evidence in found.values()] == [f"live {n % 10 + 1}" for n in range(100)]
    assert len(upstream.asked) == len(set(upstream.asked)) == 30
    assert reader.requests == upstream.counts == Counter({LOG_HOST: 20, "prod.packit.dev": 10})


def test_a_check_that_is_given_twice_is_read_once(upstream):
    one = check(upstream.copr(1, live="a"))

    assert list(Reader(upstream.fetch, lambda: 0).read_all([(one, RULE), (one, RULE)])) == [one]


def test_nothing_is_read_of_what_keeps_no_logs(upstream):
    one = check("https://codecov.io/")
    rule = Rule(id="codecov", component="codecov")

    assert Reader(upstream.fetch, lambda: 0).read_all([(one, rule)]) == {one: Evidence()}
    assert Reader(upstream.fetch, lambda: 0).read_all([]) == {}
    assert upstream.asked == []


def test_whatever_is_down_nothing_is_raised(upstream):
    urls = [
        upstream.copr(1, live="a"),
        upstream.srpm(2, live="a"),
        upstream.tests(3),
        upstream.artifacts(upstream.request()),
    ]
    for host in HOSTS:
        upstream.fail(f"https://{host}/", 500)
    rules = [RULE, RULE, Rule(id="t", component="t", logs=Logs.PACKIT_TESTING_FARM)]
    rules.append(Rule(id="s", component="s", logs=Logs.TESTING_FARM))

    found = Reader(upstream.fetch, lambda: 0).read_all(zip(map(check, urls), rules, strict=True))

    assert not any(evidence.is_complete or evidence.texts for evidence in found.values())


def test_what_broke_is_asked_once_more():
    line = Line(BROKEN, GOT)

    assert asking(line).ask(want()) == GOT
    assert len(line.asked) == 2


@pytest.mark.parametrize("fate", [Fate.DOWN, Fate.MISSING, Fate.REFUSED, Fate.GOT])
def test_nothing_else_is_asked_again(fate):
    line = Line(Answer(fate, "x"))

    assert asking(line).ask(want()) == Answer(fate, "x")
    assert len(line.asked) == 1


def test_an_answer_is_kept_whatever_it_is():
    line = Line(DOWN)
    one = asking(line)

    assert [one.ask(want()) for _ in range(3)] == [DOWN] * 3
    assert len(line.asked) == 1


def test_a_host_that_failed_three_times_in_a_row_is_left_alone():
    line = Line(BROKEN, BROKEN, BROKEN, GOT)
    one = asking(line)
    left = Answer(Fate.REFUSED, "wasn't asked: it had failed 3 times in a row")

    assert [one.ask(want(name)) for name in "abc"] == [BROKEN, BROKEN, left]
    assert len(line.asked) == 3
    assert one.ask(want("a", "copr.fedorainfracloud.org")) == GOT


@pytest.mark.parametrize("between", [GOT, Answer(Fate.MISSING, "answered 404"), Answer(Fate.REFUSED, "answered 403")])
def test_a_host_that_answers_in_between_is_not(between):
    line = Line(DOWN, DOWN, between, DOWN, DOWN)
    one = asking(line)

    for name in "abcdef":
        one.ask(want(name))

    assert len(line.asked) == 6


def test_no_more_is_asked_than_the_budget_has():
    line = Line()
    one = asking(line, budget=Budget(requests=2))

    assert [one.ask(want(name)).fate for name in "abc"] == [Fate.GOT, Fate.GOT, Fate.REFUSED]
    assert one.ask(want("d")).text == "wasn't asked: this run has made its 2 requests for evidence"


def test_what_broke_is_not_asked_again_when_the_budget_is_spent():
    line = Line(BROKEN, GOT)

    assert asking(line, budget=Budget(requests=1)).ask(want()) == BROKEN
    assert len(line.asked) == 1


def test_redirects_are_counted():
    one = asking(Line(GOT._replace(hops=(LOG_HOST, "copr.fedorainfracloud.org"))), budget=Budget(requests=3))

    one.ask(want())

    assert one.requests == Counter({LOG_HOST: 2, "copr.fedorainfracloud.org": 1})
    assert one.ask(want("b")).fate is Fate.REFUSED


def test_the_seconds_count_from_the_first_request_on():
    clock = Clock()
    one = asking(Line(), clock, Budget(seconds=5))
    clock.now += 1000

    assert one.ask(want("a")) == GOT
    clock.now += 5
    assert one.ask(want("b")) == GOT
    clock.now += 0.1
    assert one.ask(want("c")) == Answer(Fate.REFUSED, "wasn't asked: this run has spent its 5 s on evidence")
    assert one.ask(want("a")) == GOT


def test_what_wasn_t_asked_is_said_of_the_service(upstream):
    reader = Reader(upstream.fetch, lambda: 0, Budget(requests=1))

    found = reader.read(check(upstream.copr(1, live="a")), RULE)

    assert found.unread == ("Copr's log server wasn't asked: this run has made its 1 requests for evidence",)
    assert (found.texts, found.is_complete) == ((), False)


@pytest.mark.parametrize(("size", "is_met"), [(4, True), (5, False)])
def test_a_host_gets_four_requests_at_once_and_never_five(size, is_met):
    barrier = threading.Barrier(size)
    met = []

    def line(wanted):
        try:
            barrier.wait(30 if is_met else 0.1)
        except threading.BrokenBarrierError:
            return GOT
        met.append(wanted)
        return GOT

    one = asking(line)
    threads = [threading.Thread(target=one.ask, args=(want(str(number)),)) for number in range(size * 4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(met) == len(threads) * is_met


def test_eight_are_read_at_once():
    barrier = threading.Barrier(8)

    def line(wanted):
        barrier.wait(30)
        return Answer(Fate.MISSING, "answered 404")

    urls = [f"https://dashboard.{stage}packit.dev/jobs/copr/{job}" for job in range(1, 5) for stage in ("", "stg.")]
    found = Reader(line, lambda: 0).read_all((check(url), RULE) for url in urls)

    assert {evidence.unread for evidence in found.values()} == {("Packit's API answered 404",)}


def test_whoever_wants_a_page_that_is_asked_for_waits_for_the_same():
    begun, go_on = threading.Event(), threading.Event()

    def line(wanted):
        begun.set()
        go_on.wait(30)
        return Answer(Fate.GOT, "the one")

    one = asking(line)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(one.ask(want()))) for _ in range(5)]
    threads[0].start()
    begun.wait(30)
    for thread in threads[1:]:
        thread.start()
    go_on.set()
    for thread in threads:
        thread.join()

    assert answers == [Answer(Fate.GOT, "the one")] * 5
    assert one.requests.total() == 1


def test_a_mistake_of_ours_is_no_answer_for_those_who_wait_neither():
    def line(wanted):
        raise ZeroDivisionError

    one = asking(line)

    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            one.ask(want())


def test_every_service_has_hosts_of_its_own():
    assert len(HOSTS) == len(set(HOSTS)) == sum(len(service.hosts) for service in SERVICES)
