"""Incidents as maintainers write them on the web: an issue with labels, a comment for each update, and a close."""

from datetime import timedelta

from ghstatus.model import Kind

LABELS = {Kind.INCIDENT: "incident", Kind.MAINTENANCE: "maintenance", Kind.ANNOUNCEMENT: "announcement"}
BLOCK = "<!-- ghstatus\nscheduled_for: {scheduled_for:%Y-%m-%dT%H:%MZ}\nscheduled_until: {scheduled_until:%Y-%m-%dT%H:%MZ}\n-->\n\n"

TITLES = (
    "Submit of the build failed: Response is not in JSON format, there is probably a bug in the API code.",
    "RPMs failed to be built.",
)
SUMMARY = "| Name/Job | URL |\n| --- | --- |\n| Dashboard | https://dashboard.packit.dev/jobs/copr/1 |\n"


def report(repository, incident, *, by):
    """Open an incident's issue, comment on it and close it, each at its time."""
    clock = repository.world.clock
    opened = incident.started if incident.kind is not Kind.MAINTENANCE else incident.scheduled_for - timedelta(days=7)
    clock.set(min([opened, *(update.at for update in incident.updates)]))
    issue = repository.issue(incident.title, text(incident), by=by, labels=labels(incident))
    for update in incident.updates:
        clock.set(update.at)
        told = f"**{update.phase.replace('_', ' ').capitalize()}:** {update.text}" if update.phase else update.text
        issue.comment(told, by=by)
        if update.phase and update.phase.is_over:
            clock.advance(seconds=20)
            issue.close(by=by)
    return issue


def text(incident):
    """The issue's own words, below the window of a maintenance."""
    if incident.scheduled_for is None:
        return incident.text
    window = BLOCK.format(scheduled_for=incident.scheduled_for, scheduled_until=incident.scheduled_until)
    return window + incident.text


def labels(incident):
    said = [LABELS[incident.kind], *(f"component/{one.component}" for one in incident.components)]
    return [*said, f"severity/{incident.severity}"] if incident.severity else said


def checks(commit, count, *, fails):
    """What Packit and others report on a commit; where it fails, two builds in Copr do, one of which says why."""
    for number in range(count):
        build = {"details_url": f"https://dashboard.packit.dev/jobs/copr/{commit.id}{number}"}
        name = f"rpm-build:fedora-{number + 30}-x86_64"
        if not fails or number > 1:
            commit.check(name, "success", title="RPMs were built successfully.", **build)
        else:
            commit.check(name, "failure", title=TITLES[number], summary=SUMMARY, **build)
