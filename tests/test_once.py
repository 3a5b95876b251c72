"""A template's code is made once where it would come out alike, and only there."""

from collections import Counter

import jinja2
import pytest

from ghstatus.render.looks import overrides
from tests.builders import site
from tests.once import kept
from tests.test_site_golden import made as built


@pytest.fixture
def made(monkeypatch):
    """The texts that were compiled."""
    texts = []

    def compiled(environment, source, *args, **kwargs):
        texts.append(source)
        return before(environment, source, *args, **kwargs)

    before = getattr(jinja2.Environment.compile, "__wrapped__", jinja2.Environment.compile)
    monkeypatch.setattr(jinja2.Environment, "compile", kept(compiled))
    return texts


def rendered(text, *, name=None, filters=(), escapes=False, extensions=()):
    environment = overrides.environment({"a": text, "b": text}, {}, is_html=escapes)
    for extension in extensions:
        environment.add_extension(extension)
    environment.filters.update(filters)
    return environment.get_template(name or "a").render(x="<")


def test_the_same_text_is_compiled_once(made):
    assert [rendered("{{ x }}{{ 1|abs }}"), rendered("{{ x }}{{ 1|abs }}")] == ["<1", "<1"]
    assert len(made) == 1


@pytest.mark.parametrize("other", [{"escapes": True}, {"extensions": ["jinja2.ext.do"]}, {"name": "b"}])
def test_what_makes_other_code_is_compiled_anew(made, other):
    rendered("{{ x }}")

    assert rendered("{{ x }}", **other) == ("&lt;" if "escapes" in other else "<")
    assert len(made) == 2


@pytest.mark.parametrize(("first", "second", "times"), [("a", "a", 1), ("a", "b", 2), (1, True, 2)])
def test_a_filter_that_is_asked_for_a_constant_has_to_answer_the_same(made, first, second, times):
    found = [rendered("{{ 'x'|said }}", filters={"said": lambda _, said=said: said}) for said in (first, second)]

    assert found == [str(first), str(second)]
    assert len(made) == times


def test_what_is_no_constant_here_is_compiled_anew(made):
    def refuse(_):
        raise NotImplementedError

    assert rendered("{{ 'x'|said }}", filters={"said": str.upper}) == "X"
    with pytest.raises(NotImplementedError):
        rendered("{{ 'x'|said }}", filters={"said": refuse})
    assert len(made) == 2


def test_a_mistake_is_told_each_time(made):
    for _ in range(2):
        with pytest.raises(jinja2.TemplateSyntaxError):
            rendered("{{")
    assert len(made) == 2


def test_each_language_has_its_own(made):
    found = [built(site(language=language)) for language in ("en", "cs", "en", "cs")]

    assert found[:2] == found[2:]
    assert found[0]["about/index.html"] != found[1]["about/index.html"]
    assert max(Counter(made).values()) == 2
