"""A plan that was carried out, however often it was interrupted, leaves nothing to plan."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from ghstatus import board
from ghstatus.actions import Topic
from ghstatus.explain import reasoned
from ghstatus.grammar import labels as grammar
from ghstatus.grammar import notes
from ghstatus.model import EventKind, Label, Mirror, Pin, Pins, Rota
from ghstatus.plan.decide import decide
from ghstatus.saying import boards
from ghstatus.stores.memory import MemoryStore
from tests.builders import NOW, START, VIEWER, comment, component, event, issue, site, tracker

TRUSTED = ("jane", "joe")
EVERYBODY = (*TRUSTED, "mallory", "", VIEWER)
COMPONENTS = (component("copr", name="Copr"), component("tf", name="Testing Farm"))
LABELS = ["severity/minor", "severity/critical", "Severity/Major", "component/copr", "component/tf", "component/gone"]
LABELS += ["phase/identified", "phase/monitoring", "false-alarm", "help wanted", "severity/hihg"]
OURS = [name for name in LABELS if name not in {"component/gone", "severity/hihg", "false-alarm", "help wanted"}]
"""What ghstatus itself may have put there."""
TEXTS = [
    "Builds stay pending.",
    "### Severity\n\nhihg\n\n### Components\n\nCopr",
    "<!-- ghstatus\nscheduled_for: 2026-03-02 08:00 UTC\nscheduled_until: 2026-03-02 10:00 UTC\n-->\n\nNew disks.",
    "<!-- ghstatus\nscheduled_for: 2026-03-02 11:00 UTC\nscheduled_until: 2026-03-02 13:00 UTC\n-->\n\nNew disks.",
    "<!-- ghstatus\nstarted: yesterday\ncomponents: {copr: major_outage, gone: null}\n-->",
]
COMMENTS = ["Identified: A disk.", "**Resolved:** Mended.", "/monitoring", "Completed: Done.", "Cancelled", "Thanks!"]
COMMENTS += ["Severity: critical", "Update:\nComponents: copr = operational, tf", notes.write(Topic.WELCOME, "Hello.")]
COMMENTS += [notes.write(Topic.PROBLEMS, "Something was wrong.")]
COMMENTS += ["/lead me\n/task Look", "/resolve", "/reopen", "/false-alarm No", "/help", "/sverity major", "/snooze 5h"]
COMMENTS += [notes.write(Topic.HELP, "So.", "7"), notes.write(Topic.REMINDER, "Lead.", "lead-20260302T080000")]
GATES = ["incident", "maintenance", "announcement", "question"]
WELL = notes.mirror(boards.all_well(site(), boards.links(site(), tracker())))

labelling = st.sampled_from(["labeled", "unlabeled"])
people = st.sampled_from(EVERYBODY)
moments = st.integers(0, 4 * 60).map(lambda minutes: START + timedelta(minutes=minutes))
closings = st.sampled_from(["completed", "not_planned", "duplicate"])
done = st.one_of(
    st.builds(lambda when, by, text: comment(text, when, by), moments, people, st.sampled_from(COMMENTS)),
    st.builds(event, labelling, moments, st.sampled_from([*TRUSTED, "mallory", ""]), st.sampled_from(LABELS)),
    st.builds(event, labelling, moments, st.just(VIEWER), st.sampled_from(OURS)),
    st.builds(lambda when, by, why: event("closed", when, by, why), moments, people, closings),
    st.builds(event, st.sampled_from(["reopened", "pinned", "unpinned"]), moments, people),
)


def written(author, names):
    """An issue by `author`, with these labels from the start."""
    return st.builds(
        lambda gate, labels, text, things, created_at: issue(
            *things, labels=[gate, *labels], text=text, author=author, created_at=created_at
        ),
        st.sampled_from(GATES),
        st.lists(st.sampled_from(names), max_size=3, unique=True),
        st.sampled_from(TEXTS),
        st.lists(done, max_size=6),
        st.sampled_from([START, START - timedelta(days=3)]),
    )


issues = st.one_of(*(written(author, OURS if author == VIEWER else LABELS) for author in EVERYBODY))
sites = st.builds(
    lambda most, standing, also, address, rota: site(
        *COMPONENTS,
        base_url=address,
        rota=rota,
        pins=Pins(max=most, status_issue=standing, also=("packit/packit", "packit/gone")[:also]),
    ),
    st.integers(0, 3),
    st.booleans(),
    st.integers(0, 2),
    st.sampled_from(["", "https://status.packit.dev/"]),
    st.sampled_from([None, Rota(people=("joe",), start=START - timedelta(days=9))]),
)
pinned = st.lists(st.builds(Pin, st.integers(80, 90), people), max_size=3, unique_by=lambda pin: pin.number)
events = st.lists(
    st.builds(event, st.sampled_from(["closed", "reopened", "pinned", "unpinned"]), moments, people), max_size=4
).map(lambda found: tuple(sorted(found, key=lambda one: one.at)))
mirrors = st.one_of(
    st.just({}),
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(["Status", "Status: no outage"]),
            "text": st.sampled_from([notes.mirror("Old."), WELL]),
            "is_open": st.booleans(),
            "events": events,
        }
    ),
)


@st.composite
def worlds(draw):
    """How to make a store, and what to decide by."""
    found = [replace(one, number=40 + place) for place, one in enumerate(draw(st.lists(issues, max_size=4)))]
    own, other = draw(mirrors), draw(mirrors)
    pins = [*filter(None, map(pin_of, found)), *draw(pinned)][:3]
    pins += draw(st.sampled_from([[], [Pin(70, VIEWER)]])) if own and len(pins) < 3 else []
    configured = draw(sites)
    wanted = grammar.wanted(configured)
    seen = tracker(
        labels=tuple(draw(st.lists(st.sampled_from([*wanted, Label("Incident", "123456")]), unique=True))),
        pins=tuple(pins),
        mirrors=(
            Mirror(repository="", number=70 if own else None, **own),
            Mirror(repository="packit/packit", number=71 if other else None, pins=tuple(draw(pinned)), **other),
        ),
    )
    return (lambda: MemoryStore(configured, issues=found, trusted=TRUSTED, tracker=seen)), configured


def pin_of(one):
    """The pin that an issue's events tell of."""
    last = [each for each in one.events if each.kind in {EventKind.PINNED, EventKind.UNPINNED}][-1:]
    return Pin(one.number, last[0].actor) if last and last[0].kind is EventKind.PINNED else None


def plan(store, configured):
    snapshot = store.observe(NOW)
    return decide(board.judge(snapshot, NOW), snapshot, configured)


def carry_out(store, actions):
    for action in actions:
        store.apply(action)


def state(store):
    """All that there is, but for the numbers of comments and the order of what was done at one moment."""
    seen = store.observe(NOW).tracker
    return {
        "labels": seen.labels,
        "pins": Counter(seen.pins),
        "issues": {ref: summary(one) for ref, one in seen.issues.items()},
        "mirrors": {
            one.repository: (replace(one, pins=(), events=()), Counter(one.pins), Counter(one.events))
            for one in seen.mirrors
        },
    }


def summary(one):
    said = Counter((each.at, each.author, each.text, each.edited_at, each.reactions) for each in one.comments)
    return replace(one, comments=(), events=(), labels=()), said, Counter(one.events), frozenset(one.labels)


@given(worlds())
def test_what_was_carried_out_leaves_nothing_to_plan(world):
    make, configured = world
    store = make()
    carry_out(store, plan(store, configured))

    assert plan(store, configured) == ()


@given(worlds(), st.data())
def test_a_crash_between_any_two_actions_makes_no_difference(world, data):
    make, configured = world
    whole, broken = make(), make()
    carry_out(whole, plan(whole, configured))
    begun = plan(broken, configured)
    carry_out(broken, begun[: data.draw(st.integers(0, len(begun)))])
    carry_out(broken, plan(broken, configured))

    assert state(broken) == state(whole)
    assert plan(broken, configured) == ()


@given(worlds())
def test_what_people_pinned_and_labelled_for_themselves_stays(world):
    make, configured = world
    store = make()
    before = store.observe(NOW).tracker
    carry_out(store, plan(store, configured))
    after = store.observe(NOW).tracker

    assert {pin for pin in before.pins if pin.by != VIEWER} <= set(after.pins)
    assert set(before.labels) <= set(after.labels)
    for ref, one in before.issues.items():
        theirs = {label.name for label in one.labels if "/" not in label.name}
        assert theirs == {label.name for label in after.issues[ref].labels if "/" not in label.name}
        said = {each._replace(reactions=()) for each in after.issues[ref].comments}
        assert {each._replace(reactions=()) for each in one.comments if each.author != VIEWER} <= said


@settings(max_examples=30)
@given(worlds())
def test_whatever_is_planned_can_be_said_with_its_reason_in_one_line(world):
    make, configured = world

    for action in plan(make(), configured):
        assert action.why
        assert len(reasoned(action).splitlines()) == 1
