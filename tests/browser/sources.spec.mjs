// Where posts and people come from: a feed that is seen before it is followed, breaks and recovers; a schedule that is
// read while one types it; files with bad rows; the bookmark.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";

import {
  enterConsole,
  eventually,
  fits,
  isAccessible,
  openApi,
  openBrowser,
  picture,
  startServer,
} from "./support.mjs";

const SLUG = "lindenfeld";
const OLGA = { email: "olga@lindenfeld.example", name: "Olga Lind" };

let browser;
let server;
let newsroom;
let api;
/** What the newsroom's server answers. */
let shown = { status: 200, items: ["A bridge of wood", "Forty people"] };

const feed = (items) => {
  const item = (title) =>
    `<item><title>${title}</title><link>https://lindenfeld.example/${encodeURIComponent(title)}</link>
     <description>What we did about it.</description></item>`;
  return `<rss version="2.0"><channel><title>Lindenfeld news</title>${items.map(item).join("")}</channel></rss>`;
};

before(async () => {
  browser = await openBrowser();
  newsroom = createServer((_, answer) => {
    answer.statusCode = shown.status;
    answer.setHeader("content-type", "application/rss+xml; charset=utf-8");
    answer.end(shown.status === 200 ? feed(shown.items) : "gone");
  });
  await new Promise((resolve) => newsroom.listen(0, "127.0.0.1", resolve));
  server = await startServer({ options: `[fetch]\nallow = ["127.0.0.1:${newsroom.address().port}"]` });
  api = await openApi(server);
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: OLGA,
  });
});

after(async () => {
  newsroom?.close();
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;
const address = () => `http://127.0.0.1:${newsroom.address().port}/feed.xml`;

/** A page on which Olga is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

/** Judges a page in both languages, which it leaves in English. */
async function isGood(page, name) {
  const here = page.url();
  for (const language of ["Deutsch", "English"]) {
    await page.goto(console_("you"));
    await page.getByRole("button", { name: language }).click();
    await page.locator(`html[lang=${language === "Deutsch" ? "de" : "en"}]`).waitFor();
    await page.goto(here);
    await fits(page);
    await isAccessible(page);
    await picture(page, `${name}-${language}`);
  }
}

/** A file as somebody chooses it. */
const file = (text) => ({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(text) });

describe("a feed", () => {
  it("is found from the library, and an empty list says what it is for", async () => {
    const page = await loggedIn();
    await page.goto(console_("library"));
    await page.getByRole("link", { name: "Feeds", exact: true }).click();
    await page.getByText("You follow no feed yet").waitFor();
    await page.getByRole("link", { name: "Add the first feed" }).click();
    await page.getByRole("heading", { level: 1, name: "Add a feed" }).waitFor();
  });

  it("has its schedule read while one types, and says which field is wrong", async () => {
    const page = await loggedIn();
    await page.goto(console_("library/feeds/new"));
    const cron = page.getByLabel("Schedule");
    await cron.fill("30 6 * * 1-5");
    await page.getByText("Monday to Friday at 06:30").waitFor();
    assert.equal(await page.locator("#cadence li").count(), 5);
    await cron.fill("30 26 * * 1-5");
    await page.getByText("The second field, the hour, cannot be “26”.").waitFor();
    assert.equal(await cron.getAttribute("aria-invalid"), "true");
    await isAccessible(page);
    await cron.fill("0 9 1,15 * *");
    await page.getByText("On day 1 and 15 of the month at 09:00").waitFor();
    assert.equal(await cron.getAttribute("aria-invalid"), null);
  });

  it("is seen before it is followed", async () => {
    const page = await loggedIn();
    await page.goto(console_("library/feeds/new"));
    await page.getByLabel("Address of the feed").fill(address());
    await page.getByLabel("It goes to the approvers").check();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Lindenfeld news: what would come" }).waitFor();
    await page.getByText("A bridge of wood").waitFor();
    assert.equal(await page.getByText("For review").count(), 2);
    await fits(page);
    await isAccessible(page);
    await picture(page, "feed-preview");
    // What was not seen is shown instead of being followed.
    await page.getByLabel("It goes live by itself").check();
    await page.getByRole("button", { name: "Follow this feed" }).click();
    await page.getByText("This is not what you were shown before").waitFor();
    assert.equal(await page.getByText("For review", { exact: true }).count(), 0);
    await isAccessible(page);
    await page.getByLabel("It goes to the approvers").check();
    await page.getByRole("button", { name: "Show what would come" }).click();
    await page.getByText("For review", { exact: true }).first().waitFor();
    await page.getByRole("button", { name: "Follow this feed" }).click();
    await page.getByText("You follow the feed.").waitFor();
    await eventually(async () => {
      await page.reload();
      return page.getByText("2 new posts.").isVisible();
    }, "the first look brings two posts");
    await isGood(page, "feeds");
  });

  it("that breaks says what to do, and recovers", async () => {
    const page = await loggedIn();
    shown = { status: 404, items: [] };
    await page.goto(console_("library/feeds"));
    await page.getByRole("button", { name: /^Look now/ }).click();
    await page.getByText("There is nothing at its address any more.").waitFor();
    await page.getByText("Look for the feed's new address").waitFor();
    await page.getByText("It failed.").waitFor();
    assert.equal(await page.getByText("new posts").count(), 0);
    await isGood(page, "feed-broken");
    await page.goto(console_(""));
    await page.getByText("Lindenfeld news").waitFor();
    await page.getByRole("link", { name: "Feeds", exact: true }).click();
    shown = { status: 200, items: ["Third time", "A bridge of wood", "Forty people"] };
    await page.getByRole("button", { name: /^Look now/ }).click();
    await page.getByText("One new post came.").waitFor();
    assert.equal(await page.getByText("It has not worked since").count(), 0);
  });

  it("rests, goes on by undo, is changed and ends by its name", async () => {
    const page = await loggedIn();
    await page.goto(console_("library/feeds"));
    await page.getByRole("button", { name: /^Pause/ }).click();
    await page.getByText("The feed is at rest.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("The feed is looked at again").waitFor();
    await page.getByRole("link", { name: /^Edit/ }).click();
    await page.getByRole("heading", { level: 1, name: "Lindenfeld news" }).waitFor();
    await isGood(page, "feed-edit");
    await page.getByText("Stop following this feed …").click();
    await page.getByRole("button", { name: "Stop following Lindenfeld news" }).click();
    await page.getByText("You do not follow the feed any more.").waitFor();
  });

  it("is followed without script and on a phone", async () => {
    const page = await loggedIn({ script: false, phone: true });
    await page.goto(console_("library/feeds/new"));
    await page.getByLabel("Address of the feed").fill(address());
    await page.getByLabel("Schedule").fill("0 7 * * *");
    await page.getByRole("button", { name: "Read it to me" }).click();
    await page.locator("#cadence", { hasText: "Every day at 07:00" }).waitFor();
    assert.equal(await page.getByLabel("Address of the feed").inputValue(), address());
    await page.getByRole("button", { name: "Show what would come" }).click();
    await page.getByText("Known already").first().waitFor();
    await fits(page);
    await page.getByRole("button", { name: "Follow this feed" }).click();
    await page.getByRole("heading", { level: 2, name: /127\.0\.0\.1|Lindenfeld news/ }).waitFor();
  });
});

describe("a file", () => {
  it("of people with bad rows is tried, told by line, and taken over once", async () => {
    const page = await loggedIn();
    await page.goto(console_("people/imports"));
    const rows = [
      "email;name;team;roles",
      "ada@lindenfeld.example;Ada Adler;Research;curator",
      "nobody;No Address;;",
      "bob@lindenfeld.example;=SUM(A1);;",
      "cleo@lindenfeld.example;Cleo Kern;Sales;boss",
      "ada@lindenfeld.example;Ada Again;;",
      "dora@lindenfeld.example;Dora Dill;Research;",
      `${OLGA.email};${OLGA.name};Research;`,
    ];
    await page.getByLabel("CSV file").setInputFiles(file(`\ufeff${rows.join("\r\n")}\r\n`));
    await page.getByRole("button", { name: "Try this file" }).click();
    await page.getByText("This is what would happen.").waitFor();
    await page.getByText("4 lines are refused").waitFor();
    await page.getByText("roles: there is no role “boss”.").waitFor();
    await page.getByText("Line 2 has the same address.").waitFor();
    await page.getByText("Changes: team").waitFor();
    await isGood(page, "import-tried");
    await page.getByRole("link", { name: /^Refused/ }).click();
    assert.equal(await page.locator("tbody tr").count(), 4);
    await page.getByRole("button", { name: "Take over 3 lines" }).click();
    await page.getByText("3 lines were taken over.").waitFor();
    await isGood(page, "import-done");
    const members = await api("GET", "/members");
    assert.equal(members.items.length, 3);
  });

  it("of many people is followed while it is worked on", async () => {
    const page = await loggedIn();
    await page.goto(console_("people/imports"));
    const rows = Array.from({ length: 3_000 }, (_, n) => `p${n}@lindenfeld.example,Person ${n}`);
    await page.getByLabel("CSV file").setInputFiles(file(`email,name\n${rows.join("\n")}\n`));
    await page.getByRole("button", { name: "Try this file" }).click();
    // The page goes on by itself.
    await page.getByRole("button", { name: "Take over 3000 lines" }).or(page.getByRole("button", { name: "Take over 3,000 lines" })).click();
    await page.getByText("This is what happened.").waitFor();
    await page.getByText("3,000").first().waitFor();
  });

  it("of posts becomes drafts, by keyboard, without script too", async () => {
    for (const script of [true, false]) {
      const page = await loggedIn({ script });
      await page.goto(console_("library/imports"));
      const text = `title,url\nFrom a file ${script},https://lindenfeld.example/file-${script}\n,https://lindenfeld.example/none\n`;
      await page.getByLabel("CSV file").setInputFiles(file(text));
      await page.getByRole("button", { name: "Try this file" }).press("Enter");
      await page.getByRole("button", { name: "Take over one line" }).press("Enter");
      await page.getByRole("link", { name: "Look at the drafts" }).press("Enter");
      await page.getByRole("link", { name: `From a file ${script}` }).waitFor();
    }
  });

  it("that is none is said so where it is chosen", async () => {
    const page = await loggedIn();
    await page.goto(console_("library/imports"));
    await page.getByLabel("CSV file").setInputFiles(file("headline\nx\n"));
    await page.getByRole("button", { name: "Try this file" }).click();
    await page.getByText("The column “headline” is not known.").first().waitFor();
    await isAccessible(page);
  });
});

describe("the bookmark", () => {
  it("begins a post from the page on which it is pressed", async () => {
    const page = await loggedIn();
    await page.goto(console_("library/bookmark"));
    await isGood(page, "bookmark");
    const code = await page.getByLabel("Address of the bookmark").inputValue();
    await page.goto(address());
    await page.goto(`data:text/html,<title>A page worth sharing</title>`);
    // What a browser does with a bookmark: it runs it in the page.
    await page.evaluate(code.replace("javascript:", ""));
    await page.getByRole("heading", { level: 1, name: "New post" }).waitFor();
    assert.equal(await page.getByLabel("Headline").inputValue(), "A page worth sharing");
  });
});
