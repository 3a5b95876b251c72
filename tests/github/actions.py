"""Workflows and their runs, as far as GitHub tells of them: nothing is ever run."""

from dataclasses import dataclass, field


@dataclass(eq=False, kw_only=True, repr=False)
class Run:
    """A run that came to an end, or one that goes on while `conclusion` is None."""

    workflow: object
    id: int
    number: int
    created_at: object
    conclusion: str | None = "success"
    event: str = "schedule"


@dataclass(eq=False, kw_only=True, repr=False)
class Workflow:
    """A workflow's file, with what came of it; `state` is active, disabled_inactivity, disabled_manually …"""

    repository: object
    id: int
    path: str
    created_at: object
    name: str = "Status"
    state: str = "active"
    runs: list = field(default_factory=list)

    def run(self, conclusion="success", **about):
        """A run now."""
        world = self.repository.world
        made = Run(
            workflow=self, id=world.new_id(), number=len(self.runs) + 1, created_at=world.clock.now(),
            conclusion=conclusion, **about,
        )  # fmt: skip
        self.runs.append(made)
        return made


@dataclass(eq=False, kw_only=True, repr=False)
class Pages:
    """How a repository's page is published."""

    url: str
    build_type: str = "workflow"
    https_enforced: bool = True
    public: bool = True
    status: str | None = None
    cname: str | None = None
