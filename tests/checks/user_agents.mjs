// The user agents of crawlers and of people, as others list them, as one JSON object on the standard output.
import { readFileSync } from "node:fs";
import { isbot } from "isbot";

// By their paths, because not every package exports its list.
const list = (file) => JSON.parse(readFileSync(new URL(`node_modules/${file}`, import.meta.url), "utf8"));
const known = list("crawler-user-agents/crawler-user-agents.json");
const seen = list("user-agents/dist/user-agents.json").map(({ userAgent }) => userAgent);
const common = list("top-user-agents/src/index.json");

// `crawler-user-agents` also lists apps with a browser in them, which people read in: a second opinion,
// that of `isbot`, tells them from programs.
const crawlers = known.flatMap(({ instances }) => instances).filter((agent) => isbot(agent));
const people = [...seen, ...common].filter((agent) => !isbot(agent));

process.stdout.write(JSON.stringify({ crawlers: [...new Set(crawlers)], people: [...new Set(people)] }));
