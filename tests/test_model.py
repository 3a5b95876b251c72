"""The words, and their order."""

import dataclasses
from inspect import isclass

import pytest

from ghstatus import actions, model
from ghstatus.model import PHASES, ComponentStatus, Kind, Phase, Tracker

DATA = [thing for module in (model, actions) for thing in vars(module).values() if isclass(thing)]


def test_statuses_stand_from_best_to_worst():
    assert sorted(ComponentStatus, key=lambda status: status.rank) == [
        "operational",
        "unknown",
        "under_maintenance",
        "degraded_performance",
        "partial_outage",
        "major_outage",
    ]


def test_what_was_not_observed_is_worse_than_operational_only():
    better = [status for status in ComponentStatus if status.rank < ComponentStatus.UNKNOWN.rank]

    assert better == [ComponentStatus.OPERATIONAL]


def test_each_phase_is_of_one_kind():
    assert sorted(phase for phases in PHASES.values() for phase in phases) == sorted(Phase)
    assert set(PHASES) == set(Kind)


@pytest.mark.parametrize("kind", [Kind.INCIDENT, Kind.MAINTENANCE])
def test_only_last_phases_are_over(kind):
    are_over = [phase.is_over for phase in PHASES[kind]]

    assert are_over == sorted(are_over)
    assert are_over[-1]


@pytest.mark.parametrize("data", [data for data in DATA if dataclasses.is_dataclass(data)])
def test_data_is_frozen_and_said_by_name(data):
    assert data.__dataclass_params__.frozen
    assert data.__slots__ is not None
    assert all(field.kw_only for field in dataclasses.fields(data))


@pytest.mark.parametrize(("viewer", "program"), [("github-actions[bot]", "github-actions[bot]"), ("jane", "")])
def test_only_a_bot_is_told_from_the_people_it_acts_for(viewer, program):
    assert Tracker(repository="o/r", url="https://github.com/o/r", viewer=viewer).program == program
