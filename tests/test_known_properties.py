"""What holds for whatever else a text, a catalogue or a page says."""

from hypothesis import given
from hypothesis import strategies as st

from ghstatus.known import Known
from ghstatus.known.cleaning import TAIL, WIDTH, clean
from ghstatus.model import Evidence, Surface, Text, VerdictKind
from tests.builders import NOW, at, check, outage, rule, signature

NEVER = signature("it is mine", "never", surfaces=["title", "summary", "log"])
RANKS = [VerdictKind.OWN, VerdictKind.RETRYING, VerdictKind.UNEXPLAINED, VerdictKind.SUSPECTED, VerdictKind.EXPLAINED]
WORDS = ["Copr broke", "disk full", "hm", "trying again", "RPMs failed to be built.", "ok"]

signatures = st.lists(
    st.builds(
        signature,
        st.sampled_from(WORDS),
        st.sampled_from(["infra", "incident", "info"]),
        surfaces=st.sampled_from([["title", "log"], ["log"], ["title"], ["copr_backend_log"]]),
        id=st.sampled_from("abcd"),
        needs_incident=st.booleans(),
        is_mute=st.booleans(),
        origin=st.sampled_from(["", "ghstatus.yml", "9"]),
        since=st.just(at("08:00")),
        service=st.sampled_from(["copr", "koji"]),
    ),
    max_size=5,
)
outages = st.lists(
    st.builds(
        outage,
        st.sampled_from(["41", "42"]),
        st.sampled_from(["copr", "koji"]),
        start=st.sampled_from(["2026-03-01 08:00", "09:00", "11:45"]),
        end=st.sampled_from([None, "10:30"]),
        all_fail=st.booleans(),
        match=st.lists(st.sampled_from(WORDS), max_size=1),
    ),
    max_size=3,
)
lines = st.lists(st.sampled_from(WORDS), max_size=4).map("\n".join)
texts = st.lists(
    st.builds(Text, st.sampled_from([Surface.LOG, Surface.COPR_BUILD_LOG, Surface.COPR_BACKEND_LOG]), lines), max_size=3
)


def judged(found, known_outages, title, read, is_complete):
    known = Known([rule()], found, known_outages, now=NOW)
    return known.judge(check(title=title), Evidence(texts=tuple(read), is_complete=is_complete))


cases = st.tuples(signatures, outages, lines, texts, st.booleans())


@given(cases, st.integers(0, 3), st.text(max_size=20))
def test_a_never_wins_whatever_else_is_said(case, place, around):
    found, known_outages, title, read, is_complete = case
    read.insert(place, Text(Surface.COPR_BUILD_LOG, f"{around}\nit is mine\n{around}"))

    verdict = judged([*found, NEVER], known_outages, title, read, is_complete)

    assert verdict.kind is VerdictKind.OWN


@given(cases, st.sampled_from(WORDS), st.booleans())
def test_one_more_never_only_weakens(case, word, is_limited):
    found, known_outages, title, read, is_complete = case
    one = signature(word, "never", denies=["log"] if is_limited else [])

    before = judged(found, known_outages, title, read, is_complete)
    after = judged([*found, one], known_outages, title, read, is_complete)

    assert RANKS.index(after.kind) <= RANKS.index(before.kind)


@given(cases, st.randoms(use_true_random=False))
def test_the_order_of_signatures_and_outages_doesn_t_matter(case, random):
    found, known_outages, title, read, is_complete = case
    before = judged(found, known_outages, title, read, is_complete)
    random.shuffle(found)
    random.shuffle(known_outages)
    after = judged(found, known_outages, title, read, is_complete)

    assert (after.kind, after.component, after.signature) == (before.kind, before.component, before.signature)
    assert (after.outage and after.outage.ref) == (before.outage and before.outage.ref)


@given(signatures, lines, texts, st.booleans())
def test_nothing_is_explained_without_an_outage_or_an_issue(found, title, read, is_complete):
    verdict = judged(found, [], title, read, is_complete)

    assert verdict.kind is not VerdictKind.EXPLAINED or "issue 9" in verdict.reason


@given(
    st.text(st.characters(codec="utf-8"), max_size=200) | st.binary(max_size=200).map(lambda raw: raw.decode("latin-1"))
)
def test_cleaning_a_clean_text_changes_nothing_that_a_terminal_understands(text):
    once = clean(text)

    assert "\x1b" not in once
    assert "\r" not in once
    assert len(once) <= TAIL
    assert all(len(line) <= WIDTH for line in once.split("\n"))
