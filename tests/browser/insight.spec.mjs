// What a programme did: a page of numbers that open, charts with their tables, teams, rates, and the leaderboard.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import {
  enterConsole,
  eventually,
  fits,
  isAccessible,
  openApi,
  openBrowser,
  picture,
  pressKey,
  startServer,
} from "./support.mjs";

const SLUG = "lindenfeld";
const PEOPLE = 6;

let browser;
let server;
let api;
let post;
let campaign;
let team;

before(async () => {
  browser = await openBrowser();
  server = await startServer();
  api = await openApi(server);
  const channels = [{ external_id: "C0NEWS", name: "news" }];
  await api("PUT", "/setup", {
    organization: { slug: SLUG, name: "Lindenfeld", time_zone: "Europe/Berlin" },
    owner: { email: "olga@lindenfeld.example", name: "Olga Lind" },
    workspaces: [{ platform: "slack", external_id: "T0LINDEN", name: "Lindenfeld", bot_token: "xoxb-test", channels }],
  });
  post = await api("POST", "/posts", {
    title: "We open an office in Lyon",
    summary: "Forty people move in this spring. The doors open on the first of March, with coffee.",
    url: "https://lindenfeld.example/lyon",
    campaign: "spring-opening",
    variants: [{ text: "We open an office in Lyon this spring. Come and see it." }],
  });
  campaign = (await api("GET", "/campaigns")).items[0];
  await api("POST", `/posts/${post.id}/submit`);
  await api("POST", `/posts/${post.id}/approve`, {});
  for (let number = 0; number < PEOPLE; number += 1) {
    const email = `person${number}@lindenfeld.example`;
    await api("POST", "/members", { email, display_name: `Person ${number}`, team: "Sales" });
    await api("PUT", `/me/posts/${post.id}/share`, { network: "linkedin" }, `email/${email}`);
  }
  await api("PUT", `/me/posts/${post.id}/share`, { network: "x" });
  team = (await api("GET", "/teams")).items[0];
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

/** Every page of Insight, and the leaderboard. */
const pages = () => [
  "insight",
  "insight?span=2026",
  "insight/posts",
  `insight/posts/${post.id}`,
  "insight/campaigns",
  `insight/campaigns/${campaign.id}`,
  "insight/teams",
  `insight/teams/${team.id}`,
  "insight/health",
  "insight/rates",
  "leaderboard",
];

describe("what the programme did", () => {
  it("stands on the page within a minute, and each number opens how it is counted", async () => {
    const page = await loggedIn();
    await pressKey(page, "g");
    await pressKey(page, "i");
    await page.getByRole("heading", { level: 1, name: "Insight" }).waitFor();
    await eventually(async () => {
      await page.reload();
      return (await page.getByText("Not de-duplicated").count()) > 0;
    }, "the shares are in the figures");
    const shares = page.locator(".figures > li", { has: page.getByRole("heading", { name: "Shares" }) });
    assert.equal(await shares.locator("data").innerText(), String(PEOPLE + 1));
    await shares.locator("summary").press("Enter");
    await shares.getByText("A share counts once per person, post and network.").waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "insight");
  });

  it("has a table behind each chart, also without script", async () => {
    const page = await loggedIn({ script: false });
    await page.goto(console_("insight"));
    const chart = page.locator("figure.chart").last();
    await chart.getByRole("img", { name: new RegExp(`^Shares: ${PEOPLE + 1} in all`) }).waitFor();
    const table = chart.locator("table");
    assert.ok(!(await table.isVisible()));
    await chart.getByText("Show as a table").click();
    await table.waitFor();
    assert.ok((await table.locator("tbody tr").count()) >= 28);
  });

  it("is worth what the typed rates say, with their version", async () => {
    const page = await loggedIn();
    await page.goto(console_("insight/rates"));
    await page.getByText("No rates yet").waitFor();
    await isAccessible(page);
    await page.getByLabel("Network").selectOption("linkedin");
    await page.getByLabel("Currency").fill("EUR");
    await page.getByLabel("Price of a click").fill("four");
    await page.getByLabel("Price of 1,000 views").fill("28");
    await page.getByRole("button", { name: "Set rate" }).click();
    await page.getByText("That is no price.").waitFor();
    assert.equal(await page.getByLabel("Price of a click").inputValue(), "four");
    await isAccessible(page);
    await page.getByLabel("Price of a click").fill("4.20");
    await page.getByRole("button", { name: "Set rate" }).click();
    await page.getByText("The rate is set.").waitFor();
    await page.getByText("4.20 EUR").waitFor();
    await isAccessible(page);
    await page.getByRole("button", { name: /Remove rate/ }).click();
    await page.getByText("The rate is removed.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("4.20 EUR").waitFor();
  });

  it("goes into a file for spreadsheets", async () => {
    const page = await loggedIn();
    await page.goto(console_("insight"));
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Export CSV" }).click(),
    ]);
    assert.match(download.suggestedFilename(), /^insight-\d{4}-\d{2}\.csv$/);
    const text = await readFile(await download.path(), "utf8");
    assert.match(text, new RegExp(`All networks,${PEOPLE + 1},`));
  });

  it("shows where one stands among others, and how points work", async () => {
    const page = await loggedIn();
    await pressKey(page, "g");
    await pressKey(page, "b");
    await page.getByRole("heading", { level: 1, name: "Leaderboard" }).waitFor();
    // By the pseudonym that everybody has who did not choose their name.
    await page.locator("tr.me", { hasText: "you" }).waitFor();
    await page.getByText("How points work").click();
    await page.getByText("Your own clicks never do.").waitFor();
    await isAccessible(page);
    await picture(page, "leaderboard");
  });

  it("reads well on every page, in both languages, wide and on a phone", async () => {
    for (const phone of [false, true]) {
      const page = await loggedIn({ phone });
      for (const language of ["Deutsch", "English"]) {
        await page.goto(console_("you"));
        await page.getByRole("button", { name: language }).click();
        await page.locator(`html[lang=${language === "Deutsch" ? "de" : "en"}]`).waitFor();
        for (const at of pages()) {
          await page.goto(console_(at));
          await page.getByRole("heading", { level: 1 }).waitFor();
          await isAccessible(page);
          await fits(page);
          await picture(page, `${phone ? "phone" : "wide"}-${language}-${at.replaceAll(/[^a-z]/g, "")}`.slice(0, 40));
        }
      }
    }
  });
});
