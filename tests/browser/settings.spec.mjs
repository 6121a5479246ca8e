// What an organization settles for itself: points that are shown before they change, networks, words, a colour, and
// two who save at once.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { enterConsole, fits, isAccessible, openApi, openBrowser, picture, pressKey, startServer } from "./support.mjs";

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
  });
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

/** Presses *Save* and waits for the word on it. */
async function save(page, said = "Saved.") {
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await page.getByText(said).first().waitFor();
}

describe("settings", () => {
  it("are one key away and say how each section stands", async () => {
    const page = await loggedIn();
    await pressKey(page, "g");
    await pressKey(page, "s");
    await page.getByRole("heading", { level: 1, name: "Settings" }).waitFor();
    await page.getByText("The clock of Europe/Berlin").waitFor();
    await page.getByText("5 for a confirmed share, 10 more once it is proven.").waitFor();
    const sections = page.getByRole("navigation", { name: "Sections of settings" });
    for (const name of ["Connections", "Retention", "Overview"]) {
      await sections.getByRole("link", { name }).click();
      await sections.locator("[aria-current=page]", { hasText: name }).waitFor();
    }
    await isAccessible(page);
    await fits(page);
    await picture(page, "settings");
  });

  it("show what new points mean before they hold, also without script", async () => {
    const page = await loggedIn({ script: false });
    await page.goto(console_("settings/points"));
    await page.getByLabel("Confirmed share").fill("10");
    await page.getByLabel("Click", { exact: true }).fill("2");
    await page.getByLabel("Accepted proposal").fill("20");
    await page.getByRole("button", { name: "See what changes" }).click();
    await page.getByText("earned 35 points, and will earn 60").waitFor();
    await page.getByText("What was earned stays as it is").waitFor();
    await fits(page);
    assert.equal((await api("GET", "/settings")).points.click, 1);
    await page.getByRole("button", { name: "Apply from now on" }).click();
    await page.getByText("Saved.").waitFor();
    const { points } = await api("GET", "/settings");
    assert.deepEqual([points.click, points.proposal], [2, 20]);
    await page.getByRole("link", { name: "Who changed the points" }).click();
    await page.getByText("1 → 2").waitFor();
  });

  it("are judged where points wait for their yes", async () => {
    const page = await loggedIn();
    await page.goto(console_("settings/points"));
    await page.getByLabel("Shares that earn").fill("3");
    await page.getByRole("button", { name: "See what changes" }).click();
    await page.getByRole("heading", { name: "What changes from now on" }).waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "settings-points");
    await page.getByRole("link", { name: "Keep as it is" }).click();
    assert.equal(await page.getByLabel("Shares that earn").inputValue(), "5");
    await page.getByLabel("Shares that earn").fill("0");
    await page.getByRole("button", { name: "See what changes" }).click();
    await page.getByText("A whole number from 1 to 100.").first().waitFor();
    await isAccessible(page);
  });

  it("offer networks in their order, and what is off is gone from the composer", async () => {
    const page = await loggedIn();
    await page.goto(console_("settings/networks"));
    for (const name of ["X", "Facebook", "XING", "Reddit", "WhatsApp", "Telegram"]) {
      await page.getByRole("checkbox", { name, exact: true }).uncheck();
    }
    await page.getByLabel("Place of Mastodon").fill("1");
    await page.getByLabel("Place of LinkedIn").fill("2");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("No longer offered: X, Facebook, XING, Reddit, WhatsApp, Telegram.").waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "settings-networks-ask");
    await page.getByRole("button", { name: "Apply from now on" }).click();
    await page.getByText("Saved.").first().waitFor();
    const { networks } = await api("GET", "/settings");
    assert.deepEqual(networks.slice(0, 2), ["mastodon", "linkedin"]);
    assert.ok(!networks.includes("x"));
    await isAccessible(page);
    await fits(page);
    await picture(page, "settings-networks");
    const preview = await api("POST", "/post-preview", { title: "News", url: "https://lindenfeld.example/news" });
    assert.ok(preview.networks.length > 0);
    assert.ok(preview.networks.every((one) => networks.includes(one.network)));
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("As it was before.").waitFor();
    assert.ok((await api("GET", "/settings")).networks.includes("x"));
  });

  it("block words, and keep what the slower of two editors typed", async () => {
    const [one, other] = [await loggedIn(), await loggedIn()];
    for (const page of [one, other]) await page.goto(console_("settings/content"));
    await one.getByLabel("Words and phrases that are blocked").fill("best in class\nguaranteed");
    await save(one);
    await other.getByLabel("Words and phrases that are blocked").fill("cheapest");
    await other.getByRole("button", { name: "Save", exact: true }).click();
    await other.getByText("Somebody changed the settings while you were typing.").waitFor();
    await other.getByText("best in class, guaranteed").waitFor();
    assert.equal(await other.getByLabel("Words and phrases that are blocked").inputValue(), "cheapest");
    await isAccessible(other);
    await fits(other);
    await picture(other, "settings-conflict");
    await save(other);
    assert.deepEqual((await api("GET", "/content-rules")).blocked, ["cheapest"]);
  });

  it("give pages a colour that can be read, and refuse one that cannot", async () => {
    const page = await loggedIn();
    await page.goto(console_("settings/branding"));
    await page.getByLabel("Colour").fill("#ffd400");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("too pale to be read").first().waitFor();
    await isAccessible(page);
    await page.getByLabel("Colour").fill("#0b5c8a");
    await save(page);
    // The colour as it was chosen: the dark has a lighter one of the same hue.
    await page.emulateMedia({ colorScheme: "light" });
    const colour = await page.evaluate(
      () => getComputedStyle(document.querySelector(".button.primary")).backgroundColor,
    );
    assert.equal(colour, "rgb(11, 92, 138)");
    await isAccessible(page);
    await picture(page, "settings-branding");
  });

  it("fit on a phone and in the dark", async () => {
    for (const options of [{ phone: true }, { colorScheme: "dark" }]) {
      const page = await loggedIn(options);
      for (const section of ["organization", "content", "networks", "links", "points", "quiet", "branding"]) {
        await page.goto(console_(`settings/${section}`));
        await isAccessible(page);
        await fits(page);
      }
      await picture(page, `settings-branding-${options.phone ? "phone" : "dark"}`);
    }
  });
});
