// `node read.mjs feed|calendar|badge FILE` prints as JSON what a program that many people use makes of the file.
import { readFile } from "node:fs/promises";

const readers = {
  async feed(text) {
    const { default: Parser } = await import("rss-parser");
    return new Parser().parseString(text);
  },
  async calendar(text) {
    const { default: ical } = await import("node-ical");
    const found = Object.values(ical.sync.parseICS(text)).filter((entry) => entry.type === "VEVENT");
    return found.map(({ uid, summary, description, start, end, status, sequence }) => {
      return { uid, summary, description, start, end, status, sequence };
    });
  },
  async badge(text) {
    const { makeBadge } = await import("badge-maker");
    const { schemaVersion, cacheSeconds, ...format } = JSON.parse(text);
    return { schemaVersion, cacheSeconds, picture: makeBadge(format) };
  },
};

const [kind, file] = process.argv.slice(2);
console.log(JSON.stringify(await readers[kind](await readFile(file, "utf8"))));
