// Tells visitors of another site while something is wrong, by the status.json beside this file: docs/embed.md.
(() => {
  const me = document.currentScript;
  const set = me.dataset;
  const shown = (set.show || "major_outage partial_outage degraded_performance").split(" ");
  const place = () => document.querySelector(set.into || "body");
  const tell = (said) => {
    if (!shown.includes(said.status) || !place()) return;
    const bar = document.createElement("div");
    const link = document.createElement("a");
    bar.className = "ghstatus-banner";
    bar.dataset.status = said.status;
    bar.setAttribute("role", "status");
    bar.lang = said.language;
    bar.dir = "auto";
    link.href = new URL("../", me.src);
    link.textContent = set.text ? set.text + " " + said.headline : said.headline;
    if (!("plain" in set)) {
      bar.style.cssText = "padding:.6em 1em;text-align:center;font:600 1rem/1.4 system-ui,sans-serif";
      bar.style.background = said.colours[0];
      bar.style.color = link.style.color = said.colours[1];
    }
    bar.append(link);
    place().prepend(bar);
  };
  fetch(new URL("status.json", me.src), { credentials: "omit" })
    .then((answer) => answer.json())
    .then((said) =>
      document.readyState === "loading" ? addEventListener("DOMContentLoaded", () => tell(said)) : tell(said),
    )
    .catch(() => {}); // a status page that can't be reached is no trouble of this page
})();
