// The newcomer's walk in a real browser: once with the mouse on a wide screen,
// once by keyboard alone at 390 px, once without script where pages promise it.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import {
  HEADLINE,
  cardOf,
  eventually,
  fits,
  isAccessible,
  message,
  openBrowser,
  openDemo,
  openPage,
  picture,
  pressByKeyboard,
} from "./support.mjs";

/** The post that a colleague has handed in. */
const WAITING = "Meet the six who drew our cargo bike";

let browser;
let demo;
let addresses;

before(async () => {
  browser = await openBrowser();
  ({ demo, addresses } = await openDemo());
});

after(async () => {
  assert.equal(await demo?.stop(), 0, demo?.output());
  await browser?.close();
});

describe("the newcomer", () => {
  it("sees a suggested post, shares it, has it clicked and sees the leaderboard move", async () => {
    const page = await openPage(browser);
    await page.goto(addresses.slack);
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
    await page.goto(addresses.slack);
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

  it("finds a month of posts in the console, approves the one that waits, and sees it in the chat", async () => {
    const page = await openPage(browser);
    await page.goto(addresses.console);
    await page.getByRole("button").first().click();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await page.getByText(WAITING).first().waitFor();
    await isAccessible(page);
    await fits(page);
    await picture(page, "demo-home");
    const home = page.url().split("?")[0];
    await page.goto(`${home}calendar`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await isAccessible(page);
    await picture(page, "demo-calendar");
    await page.goto(`${home}library`);
    await page.getByText("Ask an engineer anything").first().waitFor();
    await isAccessible(page);
    await picture(page, "demo-library");
    await page.goto(`${home}review`);
    await page.getByRole("heading", { name: WAITING, level: 3 }).waitFor();
    await isAccessible(page);
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByRole("heading", { name: WAITING, level: 3 }).waitFor({ state: "detached" });
    await page.goto(addresses.slack);
    await cardOf(page, WAITING).waitFor();
    await page.goto(addresses.discord);
    await cardOf(page, WAITING).waitFor();
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
  await page.goto(addresses.slack);
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
