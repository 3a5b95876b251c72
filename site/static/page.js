// Every page is whole without this. It adds times in the reader's zone, how long ago things were, a warning on a page
// that is old, and a switch between light and dark. It asks nobody for anything and has no words of its own.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];

  const KEY = "ghstatus-colours";
  const MODES = ["auto", "light", "dark"];
  const buttons = all("button.mode");
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
    for (const button of buttons) {
      button.querySelector("[data-said]").textContent = button.dataset[mode];
      button.title = button.textContent.trim();
      button.hidden = false;
    }
  };
  let mode;
  colour(remembered((store) => store.getItem(KEY)));
  for (const button of buttons)
    button.addEventListener("click", () => {
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

  const fresh = [];
  for (const time of all("time[datetime]")) {
    const when = new Date(time.dateTime);
    if (time.closest(".stale")) {
      fresh.push(() => {
        time.textContent = ago(when);
        const notice = time.closest(".stale");
        notice.hidden = Date.now() - when < notice.dataset.after * 1000;
      });
      continue;
    }
    const beside = document.createElement("span");
    const local = here(when);
    const keeps = time.closest(".asof, .latest, .timeline");
    if (keeps) fresh.push(() => (beside.textContent = local + (root.dataset.comma || ", ") + ago(when)));
    else beside.textContent = local;
    if (keeps || local) time.after(beside);
  }
  const freshen = () => fresh.forEach((one) => one());
  freshen();
  setInterval(freshen, 30_000);
  document.addEventListener("visibilitychange", freshen); // a tab in the background sleeps
})();
