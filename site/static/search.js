// A search on the history page, for whoever has scripts. It reads one file of the site, and has no words of its own.
(() => {
  "use strict";
  const box = document.querySelector(".search");
  const make = (name, said, ...children) => {
    const element = Object.assign(document.createElement(name), said);
    element.append(...children);
    return element;
  };
  const { root, label, found, none, trouble } = box.dataset;
  const field = make("input", { type: "search", id: "search", autocomplete: "off", spellcheck: false });
  const told = make("p", { className: "meta", role: "status" });
  const list = make("ul", { className: "rows" });
  box.setAttribute("role", "search");
  box.append(make("label", { htmlFor: "search", textContent: label }), field, told, list);

  const MOST = 50;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const language = document.documentElement.lang;
  const date = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "medium", timeZone: "UTC" });

  let index;
  const read = async () => {
    const answer = await fetch(`${root}search.json`);
    if (!answer.ok) throw new Error(answer.status);
    const { components, incidents } = await answer.json();
    return incidents.map((one) => {
      const names = one.components.map((id) => components[id] ?? id).join(", ");
      return { ...one, names, text: plain([one.title, one.ref, names, one.outcome, one.started, one.postmortem].join(" ")) };
    });
  };
  const row = ({ ref, title, status, outcome, names, started, postmortem }) => {
    const href = `${root}incidents/${encodeURIComponent(ref)}/`;
    const day = date.format(new Date(started)).replace(/ /g, "\u00a0");
    const lesson = postmortem ? [" · ", make("a", { href: `${href}#postmortem`, textContent: postmortem })] : [];
    return make(
      "li",
      { className: "row" },
      make("img", { src: `${root}static/${status === "announcement" ? "page" : status}.svg`, alt: "", width: 16, height: 16 }),
      make(
        "div",
        {},
        make("a", { href, textContent: title }),
        make("p", {}, [outcome, names, day].filter(Boolean).join(" · "), ...lesson),
      ),
    );
  };
  const look = async () => {
    const asked = field.value.trim();
    box.classList.toggle("asked", Boolean(asked));
    const words = plain(asked).split(/\s+/);
    history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname + location.hash);
    try {
      const all = asked ? await (index ??= read()) : [];
      if (asked !== field.value.trim()) return; // another word came meanwhile
      const hits = all.filter(({ text }) => words.every((word) => text.includes(word)));
      told.textContent = !asked ? "" : hits.length ? `${found} ${hits.length}` : none;
      list.replaceChildren(...hits.slice(0, MOST).map(row));
    } catch {
      index = undefined;
      told.textContent = trouble;
    }
  };
  field.addEventListener("input", look);
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  if (field.value) look();
})();
