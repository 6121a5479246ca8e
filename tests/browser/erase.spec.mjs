// What is known of somebody: taken along as a file, kept for a time that is chosen, and erased for good.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import { enterConsole, fits, isAccessible, openApi, openBrowser, openPage, picture, startServer } from "./support.mjs";

const SLUG = "lindenfeld";

let browser;
let server;
let api;

before(async () => {
  browser = await openBrowser();
  server = await startServer();
  api = await openApi(server);
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: { email: "olga@lindenfeld.example", name: "Olga Lind" },
    workspaces: [{ platform: "slack", external_id: "T0LINDEN", name: "Lindenfeld", bot_token: "xoxb-test", channels: [] }],
  });
  for (const [email, name] of [
    ["ada@lindenfeld.example", "Ada Baum"],
    ["ben@lindenfeld.example", "Ben Okafor"],
    ["cleo@lindenfeld.example", "Cleo Winter"],
  ]) {
    await api("POST", "/members", { email, display_name: name, roles: ["curator"] });
  }
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which somebody is logged in by a link of their own. */
const loggedIn = (who, options) => enterConsole(browser, api, { who, acceptDownloads: true, ...options });

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

/** Opens the part of a page that stands behind a line. */
const unfold = (page, line) => page.locator("summary", { hasText: line }).first().click();

/** The page is good for everybody, in a window of its width. */
async function isGood(page, name) {
  await fits(page);
  await isAccessible(page);
  await picture(page, name);
}

/** Presses a button that gives a file, and reads it. */
async function downloaded(page, name) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
  assert.match(download.suggestedFilename(), /^chorus-lindenfeld-.*\.json$/);
  return JSON.parse(await readFile(await download.path(), "utf8"));
}

describe("a member's data", () => {
  it("is downloaded by themselves as a whole", async () => {
    const page = await loggedIn("email/ada@lindenfeld.example");
    await page.goto(console_("you"));
    await page.getByRole("link", { name: "Your data" }).click();
    await page.getByRole("heading", { level: 1, name: "Your data" }).waitFor();
    await isGood(page, "data");
    const all = await downloaded(page, "Download my data");
    assert.equal(all.version, 1);
    assert.equal(all.member.display_name, "Ada Baum");
    assert.deepEqual(all.left_out, []);
    assert.ok(Array.isArray(all.shares) && Array.isArray(all.dismissals) && all.sessions.length > 0);
  });

  it("is handed out by others without what is for the member alone", async () => {
    const page = await loggedIn();
    await page.goto(console_("people?q=Cleo"));
    await page.getByRole("link", { name: "Cleo Winter" }).click();
    const all = await downloaded(page, "Export the data of Cleo Winter");
    assert.equal(all.member.email, "cleo@lindenfeld.example");
    for (const part of ["preferences", "shares", "points", "dismissals", "messages", "sessions"]) {
      assert.equal(all[part], undefined, part);
    }
  });
});

describe("erasing", () => {
  it("asks others for the name, and leaves nobody of it in the list", async () => {
    const page = await loggedIn("owner", { viewport: { width: 390, height: 844 } });
    await page.goto(console_("people?q=Ben"));
    await page.getByRole("link", { name: "Ben Okafor" }).click();
    await unfold(page, "Erase this person");
    await page.getByLabel("Their name or e-mail address").fill("Ben");
    await isGood(page, "erase-member-phone");
    await page.getByRole("button", { name: "Erase Ben Okafor" }).click();
    await page.getByText("neither the name nor the address").waitFor();
    await isGood(page, "erase-member-wrong-phone");
    await page.getByLabel("Their name or e-mail address").fill("ben okafor");
    await page.getByRole("button", { name: "Erase Ben Okafor" }).click();
    await page.getByText("Erased. Sums and links are what they were.").waitFor();
    assert.equal(await page.getByText("Ben Okafor").count(), 0);
  });

  it("of oneself ends with a plain goodbye, without script too", async () => {
    const page = await loggedIn("email/ada@lindenfeld.example", { script: false });
    await page.goto(console_("you/data"));
    await unfold(page, "Erase me");
    await page.getByLabel("Your name or your e-mail address").fill("Ada Baum");
    await page.getByRole("button", { name: "Erase Ada Baum" }).click();
    await page.getByRole("heading", { name: "You are erased" }).waitFor();
    assert.equal(await page.getByText("Ada Baum").count(), 0);
    await page.reload();
    await page.getByRole("heading", { name: "You are erased" }).waitFor();
    await page.goto(console_(""));
    await page.waitForURL(/\/login/);
    const seen = await openPage(browser);
    await seen.goto(console_("goodbye"));
    await isGood(seen, "goodbye");
  });

  it("spares the last owner, and says what to do", async () => {
    const page = await loggedIn();
    await page.goto(console_("you/data"));
    await unfold(page, "Erase me");
    await page.getByLabel("Your name or your e-mail address").fill("Olga Lind");
    await page.getByRole("button", { name: "Erase Olga Lind" }).click();
    await page.getByText("Make somebody else an owner first").waitFor();
  });
});

describe("how long things are kept", () => {
  it("is shown kind by kind, and what a shorter time takes away is told before", async () => {
    const page = await loggedIn();
    await page.goto(console_("settings/retention"));
    await page.getByRole("heading", { level: 1, name: "How long things are kept" }).waitFor();
    await isGood(page, "retention");
    const log = page.locator("section", { has: page.getByRole("heading", { name: "Audit log" }) });
    await log.getByLabel("Days").fill("12");
    await log.getByRole("button", { name: /^Save/ }).click();
    await page.getByText("Type a whole number of days within the bounds").waitFor();
    await isGood(page, "retention-fault");
    await log.getByLabel("Days").fill("365");
    await log.getByRole("button", { name: /^Save/ }).click();
    await log.getByText("No entry is that old yet. This cannot be undone.").waitFor();
    await isGood(page, "retention-asked");
    await log.getByRole("button", { name: "Keep 365 days, and remove what is older for good" }).click();
    await page.getByText("Saved. It is carried out").waitFor();
    await log.getByText("Kept: 365 days").waitFor();

    // Longer takes nothing away, and is saved at once.
    await log.getByLabel("Days").fill("400");
    await log.getByRole("button", { name: /^Save/ }).click();
    await log.getByText("Kept: 400 days").waitFor();

    const phone = await loggedIn("owner", { phone: true });
    await phone.goto(console_("settings/retention"));
    await isGood(phone, "retention-phone");
  });
});
