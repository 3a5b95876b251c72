"""GitHub Pages over REST."""

from tests.github.rest import Answer, found, route
from tests.github.rest_actions import allow


@route("repos/get-pages")
def get_pages(call):
    """Nothing is told of a page that isn't there."""
    allow(call, "pages", "read")
    pages = found(call.repository.pages)
    source = {"branch": call.repository.default_branch, "path": "/"}
    return Answer(
        200,
        {
            "url": f"{call.views.base}/repos/{call.repository.full_name}/pages",
            "html_url": pages.url,
            "status": pages.status,
            "cname": pages.cname,
            "custom_404": True,
            "public": pages.public,
            "build_type": pages.build_type,
            "https_enforced": pages.https_enforced,
            "source": source,
        },
    )
