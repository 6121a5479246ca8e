// What every browser test needs: the installed Chromium as an ordinary reader has it, and a running demo.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

/** The post from the newsroom's feed. */
export const HEADLINE = "Ten thousand frames";

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, "../..");

// Headless Chromium calls itself so, and would rightly be taken for a robot.
const userAgent =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36";

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts the browser, with flags of one's own; close it at the end. */
export async function openBrowser(more = []) {
  const args = [...flags, ...more];
  return chromium.launch({ executablePath: process.env.CHORUS_CHROMIUM, headless: true, args });
}

/** A page of a reader of its own; `phone` is 390 px wide, `script: false` has JavaScript off. */
export async function openPage(browser, { phone = false, script = true, ...more } = {}) {
  const context = await browser.newContext({
    userAgent,
    viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 800 },
    javaScriptEnabled: script,
    // Colours that are still on their way from light to dark would be judged as neither.
    reducedMotion: "reduce",
    ...more,
  });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

/** A newer Node than most systems have: one comes with the modules where there is a build of it. */
export function newerNode() {
  const own = path.join(here, "node_modules", `node-linux-${process.arch}`, "bin", "node");
  return existsSync(own) ? own : process.execPath;
}

/** Where the build has put a program. */
const built = (name) => path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "debug", name);

/** Starts a program in a folder that ends with it, and waits until its output matches `ready`. */
export async function startProgram({ name, folder, command: [program, ...args], ready, patience = 60_000 }) {
  const child = spawn(program, args, { cwd: folder });
  let output = "";
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The ${name} did not get ready:\n${output}`)), patience);
    const look = (chunk) => {
      output += chunk;
      if (!ready.test(output)) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on("data", look);
    child.stderr.on("data", look);
    child.once("error", reject);
    ended.then((code) => reject(new Error(`The ${name} ended with ${code}:\n${output}`)));
  });
  return {
    folder,
    output: () => output,
    /** Asks it to stop as Ctrl-C does, and gives its exit code. */
    async stop() {
      child.kill("SIGINT");
      const code = await ended;
      await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

/**
 * Starts the demo in a folder of its own and waits until its output matches `ready`.
 * `args` gets that folder and gives the command line.
 */
export async function startDemo({ args, ready }) {
  const folder = await mkdtemp(path.join(tmpdir(), "chorus-demo-"));
  return startProgram({ name: "demo", folder, command: [built("demo"), ...args(folder)], ready, patience: 120_000 });
}

/**
 * Every page of the console, below its beginning: whoever adds one adds it here, and it is judged in light and dark,
 * wide and on a phone, in both languages.
 */
export const consolePages = [
  "",
  "audit",
  "calendar",
  "calendar?view=agenda",
  "compose/new",
  "insight",
  "insight/campaigns",
  "insight/health",
  "insight/posts",
  "insight/rates",
  "insight/teams",
  "leaderboard",
  "library",
  "library?view=board&state=archived",
  "library/bookmark",
  "library/campaigns",
  "library/campaigns/new",
  "library/feeds",
  "library/feeds/new",
  "library/imports",
  "library/topics",
  "menu",
  "people",
  "people/imports",
  "people/invite",
  "people/teams",
  "proposals",
  "proposals?state=declined",
  "review",
  "settings",
  "settings/branding",
  "settings/connections",
  "settings/content",
  "settings/links",
  "settings/networks",
  "settings/organization",
  "settings/points",
  "settings/quiet",
  "settings/retention",
  "you",
  "you/data",
  "nothing",
];

/** A port that is most likely free, and the one after it too: below those that connections are given. */
export const freePort = () => 20_000 + 2 * Math.floor(Math.random() * 4_000);

/** Starts the server alone, without organization, on ports of its own; `options` are further ones, as TOML. */
export async function startServer({ port = freePort(), options: more = "" } = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), "chorus-server-"));
  const url = `http://127.0.0.1:${port}`;
  const options = [
    `data_dir = "${folder}/data"`,
    `[web]\nlisten = "127.0.0.1:${port}"\nbase_url = "${url}"`,
    `[internal]\nlisten = "127.0.0.1:${port + 1}"`,
    more,
  ];
  await writeFile(path.join(folder, "chorus.toml"), options.join("\n\n"));
  const command = [built("chorus-under-test"), "--config", path.join(folder, "chorus.toml"), "serve"];
  const started = await startProgram({ name: "server", folder, command, ready: /\/enter\// });
  return { url, ...started };
}

/** The API of a server, asked by its operator in the owner's name, or in that of `who`. */
export async function openApi(server) {
  const file = path.join(server.folder, "data", "running.json");
  let running;
  await eventually(async () => {
    running = await readFile(file, "utf8").then(JSON.parse, () => undefined);
    return running;
  }, "the server tells how it is reached");
  return async (method, to, body, who = "owner") => {
    const answer = await fetch(`${running.internal_url}/api/v1${to}`, {
      method,
      headers: {
        authorization: `Bearer ${running.operator_token}`,
        "content-type": "application/json",
        // Before there is an organization, nobody is in it.
        ...(to === "/setup" ? {} : { "on-behalf-of": who }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    assert.ok(answer.ok, `${method} ${to}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
}

/** Teams with a past: how many of each shared a post in the months that are over, the newest first. */
const PAST = { Factory: [6, 6, 3], "Paint shop": [5, 2, 1], Service: [6, 6, 6], Logistics: [5, 5, 5] };

/** So many months before the one that runs in a zone, the newest first. */
function monthsBefore(count, timeZone) {
  // Swedes write dates as computers do.
  const today = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }).format(new Date());
  const [year, month] = today.split("-").map(Number);
  const before = (number) => new Date(Date.UTC(year, month - 1 - number)).toISOString().slice(0, 7);
  return Array.from({ length: count }, (_, number) => before(number + 1));
}

/**
 * Gives a programme three months that are over, for which no test can wait. Of "Factory", the two newest are told, of
 * "Paint shop" below it the newest, of "Service" all; of "Logistics" none, since it hides who is in no team. The newest
 * is told by LinkedIn and all other networks together, the others by LinkedIn alone. Call it before anybody looks at
 * teams: a month stays as it was told first. Gives the months, the newest first, as in `2026-11`, and the teams' ids.
 */
export async function bringPast(server, api) {
  const months = monthsBefore(3, (await api("GET", "/organization")).time_zone);
  const { id: factory } = await api("POST", "/teams", { name: "Factory" });
  await api("POST", "/teams", { name: "Paint shop", parent_id: factory });
  const people = {};
  for (const [team, sharers] of Object.entries(PAST)) {
    people[team] = [];
    for (let number = 1; number <= Math.max(...sharers); number += 1) {
      const email = `${team.replace(" ", "-").toLowerCase()}${number}@lindenfeld.example`;
      const { id } = await api("POST", "/members", { email, display_name: `${team} ${number}`, team });
      people[team].push(id);
    }
  }
  const shares = [];
  for (const [age, month] of months.entries()) {
    const post = await goLive(api, {
      title: `What we built in ${month}`,
      summary: "Frames, racks and a bench, with pictures.",
      url: `https://lindenfeld.example/built/${month}`,
      variants: [{ text: "This is what we built." }],
    });
    for (const [team, ids] of Object.entries(people)) {
      for (const [number, member] of ids.slice(0, PAST[team][age]).entries()) {
        // In the middle of a month, which is the same month in every zone.
        const at = `${month}-${10 + 2 * number}T12:00:00.000Z`;
        const networks = age === 0 ? ["linkedin", number % 2 === 0 ? "x" : "bluesky"] : ["linkedin"];
        for (const network of networks) shares.push({ post: post.id, member, network, at });
      }
    }
  }
  const database = path.join(server.folder, "data", "chorus.sqlite");
  await promisify(execFile)(newerNode(), [path.join(here, "past.mjs"), database, JSON.stringify(shares)]);
  const { items } = await api("GET", "/teams");
  return { months, teams: Object.fromEntries(items.map(({ name, id }) => [name, id])) };
}

/** Writes a post and has it go live. */
export async function goLive(api, form) {
  const post = await api("POST", "/posts", form);
  await api("POST", `/posts/${post.id}/submit`);
  await api("POST", `/posts/${post.id}/approve`, {});
  return post;
}

/** Lets the owner in on a page by a link, or `who`; `home` is the heading of the console's first page. */
export async function letIn(page, api, { who, home = "Home" } = {}) {
  const { url } = await api("POST", "/me/console-link", undefined, who);
  await page.goto(url);
  await page.getByRole("button").first().click();
  await page.getByRole("heading", { level: 1, name: home }).waitFor();
}

/** The owner at the console's first page, or `who`, in a browser of their own, let in as `letIn` does. */
export async function enterConsole(browser, api, { who, home, ...options } = {}) {
  const page = await openPage(browser, options);
  await letIn(page, api, { who, home });
  return page;
}

/** Starts the demo on ports of its own; gives it and the addresses that it prints. */
export async function openDemo() {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const demo = await startDemo({
    args: (folder) => ["--data", `${folder}/data`, "--port", String(port)],
    ready: /Ctrl-C ends it/,
  });
  const address = (label) => demo.output().match(new RegExp(`${label}\\s+(http\\S+)`))[1];
  const addresses = {
    slack: address("Slack window"),
    discord: address("Discord window"),
    board: address("Ada's board"),
    networks: address("Network pages"),
    console: address("Console"),
  };
  return { demo, addresses };
}

/** What the colours decide; everything else is the same in light and in dark. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/** No rule of accessibility is broken, in light and in dark. */
export async function isAccessible(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const axe = new AxeBuilder({ page });
    const { violations } = await (colorScheme === "dark" ? axe.withRules(OF_COLOURS) : axe).analyze();
    const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
    assert.deepEqual(found, [], `${page.url()} in ${colorScheme}`);
  }
}

/** Takes a picture in light and in dark where somebody asks for them, by a folder in `CHORUS_PICTURES`. */
export async function picture(page, name) {
  const folder = process.env.CHORUS_PICTURES;
  if (!folder) return;
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`), fullPage: true });
  }
}

/** Nothing is wider than the window. */
export async function fits(page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window}`);
}

/** The card of a post in the channel: private answers name the post, too, but cannot be shared. */
export const cardOf = (page, title) =>
  page
    .locator(".message", { hasText: title })
    .filter({ has: page.getByRole("button", { name: "Share", exact: true }) })
    .last();

/** The newest message that holds these words. */
export const message = (page, words) => page.locator(".message", { hasText: words }).last();

/** Presses a button of a message as somebody without a mouse does. */
export async function pressByKeyboard(page, within, name) {
  const button = within.getByRole("button", { name, exact: typeof name === "string" }).first();
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    // Looked up anew each time: a message that is revised meanwhile is another node.
    if (await button.evaluate((element) => element === document.activeElement)) {
      await page.keyboard.press("Enter");
      return;
    }
  }
  assert.fail(`${name} cannot be reached by Tab`);
}

/** Presses a key of the page: what listens for it is there once all of the page is. */
export async function pressKey(page, key) {
  await page.waitForLoadState();
  await page.keyboard.press(key);
}

/** Looks again, for a while. */
export async function eventually(holds, what) {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
