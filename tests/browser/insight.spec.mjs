// What a programme did: a page of numbers that open, charts with their tables, teams and what their leads see of them,
// rates, and the leaderboard.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import {
  bringPast,
  enterConsole,
  eventually,
  fits,
  goLive,
  isAccessible,
  openApi,
  openBrowser,
  picture,
  pressKey,
  startServer,
} from "./support.mjs";

const SLUG = "lindenfeld";
const PEOPLE = 6;
const LEAD = "lena@lindenfeld.example";

let browser;
let server;
let api;
let post;
let campaign;
let past;

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
  post = await goLive(api, {
    title: "We open an office in Lyon",
    summary: "Forty people move in this spring. The doors open on the first of March, with coffee.",
    url: "https://lindenfeld.example/lyon",
    campaign: "spring-opening",
    variants: [{ text: "We open an office in Lyon this spring. Come and see it." }],
  });
  campaign = (await api("GET", "/campaigns")).items[0];
  for (let number = 0; number < PEOPLE; number += 1) {
    const email = `person${number}@lindenfeld.example`;
    await api("POST", "/members", { email, display_name: `Person ${number}`, team: "Sales" });
    await api("PUT", `/me/posts/${post.id}/share`, { network: "linkedin" }, `email/${email}`);
  }
  await api("PUT", `/me/posts/${post.id}/share`, { network: "x" });
  past = await bringPast(server, api);
  await api("POST", "/members", { email: LEAD, display_name: "Lena Lott", team: "Factory", roles: ["team_lead"] });
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

/** The page is good for everybody, in a window of its width. */
async function isGood(page, name) {
  await isAccessible(page);
  await fits(page);
  await picture(page, name);
}

/** Opens everything that stands behind a line. */
const unfold = (page) =>
  page.locator("main details").evaluateAll((all) => all.forEach((one) => one.setAttribute("open", "")));

/** The row of a table that has this at its head. */
const rowOf = (within, head) => within.getByRole("row", { name: new RegExp(`^${head}( |$)`) });

/** A month as the console names it in English. */
const named = (month) =>
  new Date(`${month}-01`).toLocaleDateString("en", { month: "long", year: "numeric", timeZone: "UTC" });

/** Every page of Insight, and the leaderboard. */
const pages = () => [
  "insight",
  `insight?span=${past.months[0].slice(0, 4)}`,
  "insight/posts",
  `insight/posts/${post.id}`,
  "insight/campaigns",
  `insight/campaigns/${campaign.id}`,
  "insight/teams",
  `insight/teams?span=${past.months[2]}`,
  `insight/teams/${past.teams.Factory}`,
  `insight/teams/${past.teams.Logistics}`,
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
    await isGood(page, "insight");
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

  it("is told of teams by months that are over, and kept back where few shared", async () => {
    const prices = { currency: "EUR", cpc: 420, cpm: 2800 };
    await api("PUT", "/rates", { network: "linkedin", valid_from: past.months[2], ...prices });
    const page = await loggedIn();
    await page.goto(console_("insight"));
    await page.getByRole("navigation", { name: "Parts of Insight" }).getByRole("link", { name: "Teams" }).click();
    await page.getByText(named(past.months[0]), { exact: true }).waitFor();
    const numbers = (row) => row.locator("td > data").evaluateAll((all) => all.map((one) => one.value));
    assert.deepEqual(await numbers(rowOf(page, "Factory")), ["22", "5500", "132", "110"]);
    await rowOf(page, "Factory").getByText("277.20 EUR").waitFor();
    assert.deepEqual(await numbers(rowOf(page, "Paint shop")), ["10", "2500", "60", "50"]);
    for (const team of ["Logistics", "Sales"]) await rowOf(page, team).getByText("–", { exact: true }).waitFor();
    await unfold(page);
    await isGood(page, "teams-told");

    await page.getByRole("link", { name: "Factory" }).click();
    await page.getByRole("heading", { level: 1, name: "Factory" }).waitFor();
    await page.getByRole("img", { name: /^Clicks: 180 in all/ }).waitFor();
    const months = page.getByRole("region", { name: "Month by month" });
    for (const [at, told] of ["22", "8", "–"].entries()) {
      const shares = rowOf(months, named(past.months[at])).getByRole("cell").first();
      assert.match(await shares.innerText(), new RegExp(`^${told}`));
    }
    const networks = page.getByRole("region", { name: "By network" });
    const heads = ["LinkedIn", "Other networks together", named(past.months[1]), "LinkedIn"];
    assert.deepEqual(await networks.locator("tbody th").allInnerTexts(), [named(past.months[0]), ...heads]);
    await unfold(page);
    await isGood(page, "team-told");
  });

  it("is told a team's lead of the own team and those below it, and of no other", async () => {
    for (const phone of [false, true]) {
      const page = await enterConsole(browser, api, { who: `email/${LEAD}`, phone });
      await page.getByRole("heading", { name: "Your team" }).waitFor();
      await isGood(page, `lead-home-${phone ? "phone" : "wide"}`);
      await page.getByRole("link", { name: "Open its figures" }).click();
      await page.getByRole("heading", { level: 1, name: "Insight" }).waitFor();
      const parts = page.getByRole("navigation", { name: "Parts of Insight" });
      assert.deepEqual(await parts.getByRole("link").allInnerTexts(), ["Teams"]);
      assert.deepEqual(await page.locator("tbody th").allInnerTexts(), ["Factory", "Paint shop"]);
      await isGood(page, `lead-teams-${phone ? "phone" : "wide"}`);
      await page.getByRole("link", { name: "Paint shop" }).click();
      await page.getByRole("heading", { level: 1, name: "Paint shop" }).waitFor();
      await isGood(page, `lead-team-${phone ? "phone" : "wide"}`);
      const answer = await page.goto(console_(`insight/teams/${past.teams.Service}`));
      assert.equal(answer.status(), 404);
    }
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
          await isGood(page, `${phone ? "phone" : "wide"}-${language}-${at.replaceAll(/[^a-z]/g, "")}`.slice(0, 40));
        }
      }
    }
  });
});
