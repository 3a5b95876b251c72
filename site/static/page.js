// Every page is whole without this. It adds times in the reader's zone, how long ago things were, a warning on a page
// that is old, and a switch between light and dark. It asks nobody for anything and has no words of its own.
// The page waits for it, and it looks at each part as that comes: so all is in place before the first is painted.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];

  const KEY = "ghstatus-colours";
  const MODES = ["auto", "light", "dark"];
  const remembered = (change) => {
    try {
      return change(localStorage);
    } catch {
      return null; // this browser lets no page remember anything
    }
  };
  const colour = (wish) => {
    mode = MODES.includes(wish) ? wish : "auto";
    root.dataset.mode = mode;
    for (const said of all("button.mode [data-said]")) {
      const button = said.closest("button");
      said.textContent = button.dataset[mode];
      button.title = button.textContent.trim();
      button.hidden = false;
    }
  };
  let mode;
  colour(remembered((store) => store.getItem(KEY)));
  addEventListener("click", ({ target }) => {
    if (!target.closest("button.mode")) return;
    colour(MODES[(MODES.indexOf(mode) + 1) % MODES.length]);
    remembered((store) => store.setItem(KEY, mode));
  });
  addEventListener("storage", (event) => {
    if (event.key === KEY) colour(event.newValue);
  });

  const language = root.lang === "en" ? "en-GB" : root.lang; // a date that begins with its month is no date here
  const since = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const UNITS = [["day", 1440], ["hour", 60], ["minute", 1]];
  const unbroken = (text) => text.replace(/ /g, "\u00a0");
  const ago = (when) => {
    const minutes = Math.trunc((when - Date.now()) / 60_000);
    const [unit, length] = UNITS.find(([, least]) => Math.abs(minutes) >= least) || ["second", 1];
    return unbroken(since.format(Math.trunc(minutes / length), unit));
  };
  const here = (when) => {
    if (!when.getTimezoneOffset()) return "";
    const shown = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short" };
    const date = when.getDate() === when.getUTCDate() ? {} : { day: "numeric", month: "short" };
    return ` /\u00a0${unbroken(when.toLocaleString(language, { ...shown, ...date }))}`;
  };

  const met = new Set();
  const fresh = [];
  const meet = (time) => {
    met.add(time);
    const when = new Date(time.dateTime);
    const notice = time.closest(".stale");
    if (notice) {
      fresh.push(() => {
        const isOld = Date.now() - when >= notice.dataset.after * 1000;
        if (isOld && notice.hidden) notice.classList.toggle("late", document.readyState === "complete");
        time.textContent = ago(when);
        notice.hidden = !isOld;
      });
      return;
    }
    const beside = document.createElement("span");
    const local = here(when);
    const keeps = time.closest(".asof, .latest, .timeline");
    if (keeps) fresh.push(() => (beside.textContent = local + (root.dataset.comma || ", ") + ago(when)));
    else beside.textContent = local;
    if (keeps || local) time.after(beside);
  };
  const freshen = () => fresh.forEach((one) => one());
  const look = () => {
    const come = all("time[datetime]").filter((time) => !met.has(time));
    come.forEach(meet);
    if (come.length) freshen();
    if (document.querySelector("button.mode[hidden]")) colour(mode);
  };
  const coming = new MutationObserver(look);
  coming.observe(root, { childList: true, subtree: true });
  look();
  addEventListener("DOMContentLoaded", () => {
    coming.disconnect();
    look();
    freshen(); // once more: a part may have come in two pieces
    colour(mode);
  });
  setInterval(freshen, 30_000);
  document.addEventListener("visibilitychange", freshen); // a tab in the background sleeps
})();
