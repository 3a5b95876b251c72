"""What Packit and Copr tell of a failed build."""

import pytest

from ghstatus.evidence import Reader, copr
from ghstatus.evidence.copr import Folder
from ghstatus.model import Check, CheckState, Evidence, Logs, Rule, Surface, Text
from tests.upstream.world import CHROOT, COPR, IMPORTS, RESULTS

RULE = Rule(id="packit-copr", component="copr", logs=Logs.PACKIT_COPR)
API = "https://prod.packit.dev/api/copr-builds/1"
FOLDER = f"{RESULTS}/packit/packit-ogr-900/{CHROOT}/10158589-python-ogr"
SOURCE = f"{RESULTS}/packit/packit-ogr-900/srpm-builds/10158588"
BUILD_API = f"{COPR}/api_3/build-chroot/?build_id=10158589&chrootname={CHROOT}"
IMPORT = f"{IMPORTS}/10158589.log"
LINK = f"| [build]({COPR}/coprs/build/10158589/) |"
DOWN = "Packit's API answered 503"


def read(upstream, url, **facts):
    facts = {"name": f"rpm-build:{CHROOT}", "title": "RPMs failed to be built.", "state": CheckState.FAILED} | facts
    return Reader(upstream.fetch, lambda: 0).read(Check(url=url, **facts), RULE)


def test_both_logs_of_the_build_are_read(upstream):
    url = upstream.copr(1, live="error: é", backend="No success file")

    assert read(upstream, url) == Evidence(
        texts=(
            Text(Surface.COPR_BUILD_LOG, "error: é", f"{FOLDER}/builder-live.log.gz"),
            Text(Surface.COPR_BACKEND_LOG, "No success file", f"{FOLDER}/backend.log.gz"),
        ),
        is_complete=True,
    )
    assert upstream.asked == [API, f"{FOLDER}/builder-live.log.gz", f"{FOLDER}/backend.log.gz"]


def test_logs_are_read_while_they_are_not_packed_yet(upstream):
    found = read(upstream, upstream.copr(1, live="a", backend="b", is_packed=False))

    assert [(text.text, text.origin) for text in found.texts] == [
        ("a", f"{FOLDER}/builder-live.log"),
        ("b", f"{FOLDER}/backend.log"),
    ]
    assert found.is_complete


@pytest.mark.parametrize(
    ("logs", "unread"),
    [
        ({"live": "a"}, "Copr has no backend.log of the build"),
        ({"backend": "a"}, "Copr has no builder-live.log of the build"),
        ({"live": "a", "backend": " \n"}, "The build's backend.log is empty"),
    ],
)
def test_one_log_is_enough(upstream, logs, unread):
    found = read(upstream, upstream.copr(1, **logs))

    assert ([text.text for text in found.texts], found.unread, found.is_complete) == (["a"], (unread,), True)


def test_two_empty_logs_tell_nothing(upstream):
    found = read(upstream, upstream.copr(1, live="", backend="", imported="not asked for"))

    assert found == Evidence(unread=("The build's builder-live.log is empty", "The build's backend.log is empty"))


def test_a_log_server_that_fails_is_not_a_build_without_logs(upstream):
    url = upstream.copr(1, live="a", imported="b")
    upstream.fail(f"{FOLDER}/builder-live.log", 500)

    assert read(upstream, url) == Evidence(
        unread=("Copr's log server answered 500", "Copr has no backend.log of the build")
    )


def test_without_logs_the_import_is_read_which_alone_isn_t_everything(upstream):
    found = read(upstream, upstream.copr(1, imported="404 Not Found"))

    assert found == Evidence(
        texts=(Text(Surface.COPR_IMPORT_LOG, "404 Not Found", IMPORT),),
        unread=("Copr has no builder-live.log of the build", "Copr has no backend.log of the build"),
    )


@pytest.mark.parametrize(
    ("imported", "status", "words"),
    [
        (None, None, "Copr has no import.log of the build"),
        ("", None, "Copr has no import.log of the build"),
        ("a", 502, "Copr's import server answered 502"),
    ],
)
def test_a_build_without_any_log_says_so(upstream, imported, status, words):
    url = upstream.copr(1, imported=imported)
    if status:
        upstream.fail(IMPORTS, status)

    found = read(upstream, url)

    assert (found.texts, found.unread[-1], found.is_complete) == ((), words, False)


def test_the_log_of_a_source_package_is_read(upstream):
    found = read(upstream, upstream.srpm(1, live="a"), title="SRPM build failed, check the logs for details.")

    assert [(text.surface, text.origin) for text in found.texts] == [
        (Surface.COPR_BUILD_LOG, f"{SOURCE}/builder-live.log.gz")
    ]
    assert (found.unread, found.is_complete) == (("Copr has no backend.log of the build",), True)


def test_a_source_package_was_not_imported_yet(upstream):
    found = read(upstream, upstream.srpm(1, imported="of another build"))

    assert (found.texts, len(found.unread)) == ((), 2)
    assert upstream.counts.keys() == {"prod.packit.dev", "download.copr.fedorainfracloud.org"}


def test_staging_s_dashboard_leads_to_staging_s_api(upstream):
    url = upstream.copr(1, stage="stg", live="a")

    assert url == "https://dashboard.stg.packit.dev/jobs/copr/1"
    assert read(upstream, url).is_complete
    assert upstream.asked[0] == "https://stg.packit.dev/api/copr-builds/1"


@pytest.mark.parametrize("tail", ["", "/", "?x=1", "#log", "/more"])
def test_a_dashboard_s_address_may_go_on(upstream, tail):
    assert read(upstream, upstream.copr(1, live="a") + tail).is_complete


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://dashboard.packit.dev/jobs/copr/1",
        "https://dashboard.packit.dev/jobs/copr/0",
        "https://dashboard.packit.dev/jobs/copr/01",
        "https://dashboard.packit.dev/jobs/copr/1x",
        "https://dashboard.packit.dev/jobs/copr/12345678901",
        "https://dashboard.packit.dev/jobs/copr/../1",
        "https://dashboard.packit.dev/jobs/koji/1",
        "https://dashboard.packit.dev/jobs/testing-farm/1",
        "https://dashboard.packit.dev.example/jobs/copr/1",
        "https://evil.example/https://dashboard.packit.dev/jobs/copr/1",
        "https://dashboard.packit.dev/jobs/copr/1\n",
        "https://dashboard.packit.dev/jobs/copr/1/ x",
        "https://dashboard.packit.dev/jobs/copr/\u0661",
    ],
)
def test_nobody_is_asked_about_another_address(upstream, url):
    upstream.copr(1, live="a")

    assert read(upstream, url) == Evidence(unread=("The check leads to no build of Packit's",))
    assert upstream.asked == []


def test_what_was_never_submitted_has_no_logs(upstream):
    found = read(upstream, upstream.copr(1, live="a"), title="Submit of the build failed: Unable to connect to …")

    assert found == Evidence(is_complete=True)
    assert upstream.asked == []


@pytest.mark.parametrize(
    ("status", "words"), [(503, DOWN), (404, "Packit's API answered 404"), (429, "Packit's API answered 429")]
)
def test_without_packit_s_api_the_build_that_the_check_links_is_read(upstream, status, words):
    url = upstream.copr(1, live="a", backend="b")
    upstream.fail("https://prod.packit.dev/", status)

    found = read(upstream, url, summary=LINK)

    assert ([text.text for text in found.texts], found.unread, found.is_complete) == (["a", "b"], (words,), True)
    assert BUILD_API in upstream.asked


def test_without_packit_s_api_a_source_package_is_found_without_a_chroot(upstream):
    url = upstream.srpm(1, live="a")
    upstream.fail("https://prod.packit.dev/", 503)

    found = read(upstream, url, name="renamed", summary=f"{COPR}/coprs/packit/packit-ogr-900/build/10158588/")

    assert found.is_complete
    assert f"{COPR}/api_3/build/source-chroot/10158588" in upstream.asked


def test_a_check_that_leads_elsewhere_may_link_its_build(upstream):
    upstream.copr(1, live="a")

    found = read(upstream, "https://packit.dev", summary=LINK)

    assert (found.unread[0], found.is_complete) == ("The check leads to no build of Packit's", True)


def test_a_renamed_check_doesn_t_tell_the_chroot(upstream):
    url = upstream.copr(1, live="a")
    upstream.fail("https://prod.packit.dev/", 503)

    found = read(upstream, url, name="Build it", summary=LINK)

    assert found == Evidence(unread=(DOWN, "In which chroot the build failed isn't told"))


@pytest.mark.parametrize("summary", ["", "https://evil.example/coprs/build/1", f"{LINK} {COPR}/coprs/build/7"])
def test_without_one_build_to_go_to_nothing_is_read(upstream, summary):
    url = upstream.copr(1, live="a")
    upstream.fail("https://prod.packit.dev/", 503)

    assert read(upstream, url, summary=summary) == Evidence(unread=(DOWN,))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{COPR}/coprs/build/5", 5),
        (f"{COPR}/coprs/build/5/ and again {COPR}/coprs/build/5", 5),
        (f"{COPR}/coprs/packit/ogr-1/build/5/", 5),
        (f"{COPR}/coprs/g/packit/ogr-1/build/5/", 5),
        (f"{COPR}/coprs/build/5x", 0),
        (f"{COPR}/coprs/build/0", 0),
        ("https://copr.fedorainfracloud.org.evil.example/coprs/build/5", 0),
    ],
)
def test_a_link_to_a_build_is_recognised(text, expected):
    assert copr.linked(text) == expected


@pytest.mark.parametrize("body", ["", "<html>", "[]", "null", '{"build_id": 1}', "[" * 100_000, '{"a": ' + "9" * 5000])
def test_an_answer_of_another_shape_tells_nothing(upstream, body):
    url = upstream.copr(1, live="a")
    upstream.page(API, body)

    assert read(upstream, url) == Evidence(unread=("Packit's API answered what isn't understood",))


def told(upstream, **changed):
    """A build as Packit knows it, but for what is changed."""
    url = upstream.copr(1, live="a", backend="b")
    whole = {"build_id": "10158589", "chroot": CHROOT, "build_logs_url": f"{FOLDER}/builder-live.log"}
    upstream.page(API, whole | changed)
    return read(upstream, url)


@pytest.mark.parametrize("number", [10158589, None, "", [], True, -1, "1e9", 10**11])
def test_a_build_is_read_without_its_number(upstream, number):
    assert told(upstream, build_id=number).is_complete


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/builder-live.log",
        f"https://evil.example/{FOLDER}/builder-live.log",
        f"{FOLDER}/builder-live.log".replace("https", "http"),
        f"{FOLDER}/builder-live.log".replace("https://", "https://user@"),
        f"{FOLDER}/builder-live.log".replace(".org/", ".org:8443/"),
        f"{FOLDER}/builder-live.log".replace(".org/", ".org.evil.example/"),
        f"{FOLDER}/builder-live.log".replace("/packit/", "/../"),
        f"{FOLDER}/builder-live.log".replace("python-ogr", "python%2fogr"),
        f"{FOLDER}/../../builder-live.log",
        f"{FOLDER}/builder-live.log?x=1",
        f"{FOLDER}/builder-live.log\n/x",
        f"{FOLDER}/root.log.gz",
        f"{FOLDER}/" + "a" * 500,
        ["x"],
        7,
    ],
)
def test_a_log_elsewhere_is_refused(upstream, url):
    found = told(upstream, build_logs_url=url)

    assert found == Evidence(unread=("Packit's API names a log that isn't Copr's, so it wasn't read",))
    assert upstream.asked == [API]


@pytest.mark.parametrize("changed", [{"build_id": "5"}, {"chroot": "fedora-40-x86_64"}, {"chroot": None}])
def test_the_log_of_another_build_is_refused(upstream, changed):
    found = told(upstream, **changed)

    assert found == Evidence(unread=("Packit's API names the log of another build, so it wasn't read",))
    assert upstream.asked == [API]


@pytest.mark.parametrize("url", [None, ""])
def test_copr_is_asked_where_packit_knows_no_log(upstream, url):
    found = told(upstream, build_logs_url=url)

    assert found.is_complete
    assert upstream.asked[1] == BUILD_API


@pytest.mark.parametrize("number", [None, "../1", 0])
def test_packit_may_know_no_build_at_all(upstream, number):
    assert told(upstream, build_logs_url=None, build_id=number) == Evidence(unread=("Packit knows no build in Copr",))


@pytest.mark.parametrize("name", ["../../x", "fedora-rawhide-x86_64&x=1", "fedora", "", 5])
def test_a_chroot_goes_into_no_address_unless_it_is_one(upstream, name):
    found = told(upstream, build_logs_url=None, chroot=name)

    assert found == Evidence(unread=("In which chroot the build failed isn't told",))
    assert upstream.asked == [API]


def read_by_number(upstream):
    url = upstream.job("copr", "copr-builds", 1, {"build_id": 10158589, "chroot": CHROOT, "build_logs_url": None})
    return read(upstream, url)


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ({"status": 500}, "Copr's API answered 500"),
        ({"status": 404}, "Copr's API answered 404"),
        ({"body": {"name": CHROOT}}, "Copr's API answered what isn't understood"),
        ({"body": {"result_url": "https://evil.example/"}}, "Copr's API names a log that isn't the build's"),
        ({"body": {"result_url": [1]}}, "Copr's API names a log that isn't the build's"),
        ({"body": {"result_url": FOLDER.replace("58589", "58590")}}, "Copr's API names a log that isn't the build's"),
        ({"body": {"result_url": FOLDER.replace("rawhide", "40")}}, "Copr's API names a log that isn't the build's"),
    ],
)
def test_what_copr_s_api_says_is_checked_too(upstream, page, words):
    upstream.copr(1, live="a", imported="b")
    upstream.page(BUILD_API, **page)

    assert read_by_number(upstream) == Evidence(unread=(words,))


def test_a_plus_in_a_chroot_is_asked_for_as_one(upstream):
    name = "centos-stream+epel-10-x86_64"
    upstream.copr(1, chroot=name, live="a")
    told = {"build_id": 10158589, "chroot": name, "build_logs_url": None}

    assert read(upstream, upstream.job("copr", "copr-builds", 1, told)).is_complete
    assert upstream.asked[1].endswith("&chrootname=centos-stream%2Bepel-10-x86_64")


def test_a_build_that_never_began_was_perhaps_not_imported(upstream):
    upstream.copr(1, imported="404 Not Found")
    upstream.page(BUILD_API, {"result_url": None, "state": "importing"})

    assert read_by_number(upstream) == Evidence(
        texts=(Text(Surface.COPR_IMPORT_LOG, "404 Not Found", IMPORT),), unread=("Copr has no log of the build",)
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (FOLDER, Folder(FOLDER, CHROOT, 10158589)),
        (f"{FOLDER}/", Folder(FOLDER, CHROOT, 10158589)),
        (f"{FOLDER}/builder-live.log.gz", Folder(FOLDER, CHROOT, 10158589)),
        (f"{SOURCE}/builder-live.log", Folder(SOURCE, "srpm-builds", 10158588)),
        (
            f"{RESULTS}/@copr/dev:pr:5/centos-stream+epel-10-s390x/00000042-c++~1/",
            Folder(
                f"{RESULTS}/@copr/dev:pr:5/centos-stream+epel-10-s390x/00000042-c++~1",
                "centos-stream+epel-10-s390x",
                42,
            ),
        ),
    ],
)
def test_a_folder_is_recognised(url, expected):
    assert copr.folder(url) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rpm-build:fedora-rawhide-x86_64", "fedora-rawhide-x86_64"),
        ("rpm-build:main:fedora-34-x86_64:identifier", "fedora-34-x86_64"),
        ("rpm-build:centos-stream+epel-next-9-aarch64", "centos-stream+epel-next-9-aarch64"),
        ("rpm-build:almalinux-kitten+epel-10-x86_64_v2", "almalinux-kitten+epel-10-x86_64_v2"),
        ("rpm-build:opensuse-tumbleweed-i586", "opensuse-tumbleweed-i586"),
        ("rpm-build:custom-1-x86_64", "custom-1-x86_64"),
        ("rpm-build:x86_64", ""),
        ("RPMs for Fedora", ""),
    ],
)
def test_a_chroot_is_found_in_a_check_s_name(name, expected):
    assert copr.chroot(name) == expected
