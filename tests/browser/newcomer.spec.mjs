// The newcomer's walk in a real browser: once with the mouse on a wide screen,
// once by keyboard alone at 390 px, once without script where pages promise it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import AxeBuilder from "@axe-core/playwright";

import { openBrowser, openPage, startDemo } from "./support.mjs";

const HEADLINE = "Ten thousand frames";

let browser;
let demo;
let addresses;

before(async () => {
  browser = await openBrowser();
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  demo = await startDemo({
    args: (folder) => ["--data", `${folder}/data`, "--port", String(port)],
    ready: /Ctrl-C ends it/,
  });
  const address = (label) => demo.output().match(new RegExp(`${label}\\s+(http\\S+)`))[1];
  addresses = { chat: address("Chat window"), board: address("Ada's board"), networks: address("Network pages") };
});

after(async () => {
  assert.equal(await demo?.stop(), 0, demo?.output());
  await browser?.close();
});

/** No rule of accessibility is broken, in light and in dark. */
async function isAccessible(page) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
    assert.deepEqual(found, [], `${page.url()} in ${colorScheme}`);
  }
}

/** Nothing is wider than the window. */
async function fits(page) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window}`);
}

/** The card of a post in the channel: private answers name the post, too, but cannot be shared. */
const cardOf = (page, title) =>
  page
    .locator(".message", { hasText: title })
    .filter({ has: page.getByRole("button", { name: "Share", exact: true }) })
    .last();

/** The newest message that holds these words. */
const message = (page, words) => page.locator(".message", { hasText: words }).last();

describe("the newcomer", () => {
  it("sees a suggested post, shares it, has it clicked and sees the leaderboard move", async () => {
    const page = await openPage(browser);
    await page.goto(addresses.chat);
    const card = cardOf(page, HEADLINE);
    await card.waitFor();
    await isAccessible(page);
    await card.getByRole("button", { name: "Share", exact: true }).click();
    const choices = page.locator(".message", { hasText: "then press Done" }).last();
    await choices.waitFor();

    // Straight on to a network that takes text, in a tab of its own.
    const [network] = await Promise.all([
      page.context().waitForEvent("page"),
      choices.getByRole("button", { name: "Open Bluesky" }).click(),
    ]);
    await network.getByRole("button", { name: "Post", exact: true }).click();
    await network.getByText(HEADLINE).first().waitFor();

    await page.bringToFront();
    await choices.getByRole("button", { name: "Done on Bluesky" }).click();
    await page.getByText("Shared on Bluesky").waitFor();

    await network.bringToFront();
    await network.getByRole("button", { name: "Click as another reader" }).click();
    await network.getByText(/went to/).first().waitFor();

    const board = await openPage(browser);
    await eventually(async () => {
      await board.goto(addresses.board);
      // 5 confirmed, 10 proven, 1 click.
      return (await board.locator("body").innerText()).includes("16");
    }, "the board moves");
    assert.match(await board.locator("body").innerText(), /Ada Berger/);
    await isAccessible(board);

    await page.bringToFront();
    await page.getByLabel(/Message to/).fill("/chorus me");
    await page.getByRole("button", { name: "Send" }).click();
    const numbers = message(page, "Ada Berger at Lindenfeld");
    await numbers.waitFor();
    assert.match(await numbers.innerText(), /240/, "the reach of her account");
  });

  it("shares by our page where a network takes no text, on a phone", async () => {
    const page = await openPage(browser, { phone: true });
    const share = await openShare(page, "LinkedIn");
    await fits(share);
    await isAccessible(share);
    assert.match(share.url(), /\/s\//);
    const words = await share.locator("textarea").inputValue();
    assert.match(words, /\/l\//, "the words to copy hold the tracked link");
    await share.getByRole("button", { name: /Done/ }).or(share.getByRole("link", { name: /Done/ })).first().click();
    await share.waitForLoadState();
    await isAccessible(share);
    await fits(share);
  });

  it("reads, shares, confirms, asks for the board and dismisses by keyboard alone at 390 px", async () => {
    const page = await openPage(browser, { phone: true });
    await page.goto(addresses.chat);
    await cardOf(page, HEADLINE).waitFor();
    await fits(page);
    await pressByKeyboard(page, cardOf(page, HEADLINE), "Share");
    await page.locator(".message", { hasText: "then press Done" }).last().waitFor();
    await pressByKeyboard(page, page.locator(".message", { hasText: "then press Done" }).last(), /^Done on/);
    await page.getByText(/Shared on/).last().waitFor();

    await page.getByLabel(/Message to/).focus();
    await page.keyboard.type("/chorus leaderboard");
    await page.keyboard.press("Enter");
    await message(page, "Leaderboard, this week").waitFor();
    await pressByKeyboard(page, cardOf(page, "We are hiring"), "Not for me");
    await page.getByText("Nobody is told").first().waitFor();
    await fits(page);
    await isAccessible(page);
  });

  it("can share without script", async () => {
    const page = await openPage(browser, { phone: true, script: false });
    const share = await openShare(page, "LinkedIn");
    assert.match(await share.locator("textarea").inputValue(), /\/l\//);
    await share.getByRole("link", { name: /LinkedIn/ }).first().waitFor();
  });
});

/** Asks for the ways to share, and opens the one of a network. */
async function openShare(page, network) {
  await page.goto(addresses.chat);
  await cardOf(page, HEADLINE).getByRole("button", { name: "Share", exact: true }).click();
  const choices = page.locator(".message", { hasText: "then press Done" }).last();
  await eventually(async () => {
    if ((await choices.count()) > 0) return true;
    await page.reload();
    return false;
  }, "the choices come");
  const [share] = await Promise.all([
    page.context().waitForEvent("page"),
    choices.getByRole("button", { name: `Open ${network}` }).click(),
  ]);
  await share.waitForLoadState();
  return share;
}

/** Presses a button of a message as somebody without a mouse does. */
async function pressByKeyboard(page, within, name) {
  const button = within.getByRole("button", { name, exact: typeof name === "string" }).first();
  const wanted = await button.elementHandle();
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      await page.keyboard.press("Enter");
      return;
    }
  }
  assert.fail(`${name} cannot be reached by Tab`);
}

/** Looks again, for a while. */
async function eventually(holds, what) {
  const deadline = Date.now() + 30_000;
  while (!(await holds())) {
    assert.ok(Date.now() < deadline, `waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
