// The newcomer's walk in Discord's window, and across both chats by one paired member.
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
  pressByKeyboard,
} from "./support.mjs";

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

describe("on Discord alone", () => {
  it("the newcomer sees a suggested post, shares it, has it clicked and sees the board move", async () => {
    const page = await openPage(browser);
    await page.goto(addresses.discord);
    await cardOf(page, HEADLINE).waitFor();
    await isAccessible(page);
    const choices = await asksToShare(page);
    const network = await posts(page, choices.getByRole("link", { name: "Open Bluesky" }));
    await choices.getByRole("button", { name: "Done on Bluesky" }).click();
    await page.getByText("Shared on Bluesky").first().waitFor();

    await network.bringToFront();
    await network.getByRole("button", { name: "Click as another reader" }).click();
    await network.getByText(/went to/).first().waitFor();
    const board = await openPage(browser);
    await eventually(async () => {
      await board.goto(addresses.board);
      // 5 confirmed, 10 proven, 1 click.
      return /Ada Berger\D*16\b/.test(await board.locator("body").innerText());
    }, "the board moves");

    await page.bringToFront();
    const me = await asksForMyPage(page);
    assert.match(await me.innerText(), /16 points/);
    assert.match(await me.innerText(), /240/, "the reach of her account");
    await me.getByRole("button", { name: "My choices" }).click();
    await message(page, "Your accounts: Discord").waitFor();
    await isAccessible(page);
  });

  it("reads, shares, confirms, asks for the board and dismisses by keyboard alone at 390 px", async () => {
    const page = await openPage(browser, { phone: true });
    await page.goto(addresses.discord);
    await cardOf(page, HEADLINE).waitFor();
    await fits(page);
    await pressByKeyboard(page, cardOf(page, HEADLINE), "Share");
    const choices = message(page, "then press Done");
    await choices.waitFor();
    await pressByKeyboard(page, choices, "Done on LinkedIn");
    await page.getByText("Shared on LinkedIn").last().waitFor();

    await page.getByLabel(/Message to/).focus();
    await page.keyboard.type("/chorus leader");
    // As in Discord's client: the commands that fit stand above the line, and Tab takes one.
    await page.getByRole("option", { name: /leaderboard/ }).waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await message(page, "Leaderboard, this week").waitFor();

    await pressByKeyboard(page, cardOf(page, "We are hiring"), "Not for me");
    await page.getByText("Nobody is told").first().waitFor();
    await fits(page);
    await isAccessible(page);
  });
});

describe("one member on both chats", () => {
  it("pairs the accounts, begins in Slack, confirms in Discord, and has one share", async () => {
    const slack = await sitsDown(addresses.slack, "Ben Okafor");
    const discord = await sitsDown(addresses.discord, "Ben");
    await pairs(slack, discord);
    for (const window of [slack, discord]) await cardOf(window, HEADLINE).waitFor();

    const begun = await asksToShare(slack);
    await posts(slack, begun.getByRole("button", { name: /^Open X\b/ }));
    const elsewhere = await asksToShare(discord);
    await elsewhere.getByRole("button", { name: "Done on X" }).click();
    await discord.getByText("Shared on X").first().waitFor();
    await begun.getByRole("button", { name: "Done on X" }).click();
    await slack.getByText("Shared on X").first().waitFor();

    // Two from before, and this one once: 5 points each.
    for (const window of [slack, discord]) {
      await says(window, "/chorus leaderboard");
      await message(window, "Leaderboard, this week").getByText(/Ben Okafor.*15 points/).first().waitFor();
    }
    for (const window of [slack, discord]) assert.equal(await sharesOf(window), 3);
    // Ada and Ben; a card is revised at most once a minute.
    for (const window of [slack, discord]) {
      await cardOf(window, HEADLINE).filter({ hasText: "2 colleagues shared it" }).waitFor({ timeout: 150_000 });
    }
  });
});

/** A window of a chat as somebody of the menu sees it. */
async function sitsDown(address, name) {
  const page = await openPage(browser);
  await page.goto(address);
  await page.locator(".people summary").click();
  await page.locator(".people").getByRole("link", { name, exact: true }).click();
  await page.locator(".people summary", { hasText: name }).waitFor();
  return page;
}

async function says(page, line) {
  await page.bringToFront();
  await page.getByLabel(/Message to/).fill(line);
  await page.getByRole("button", { name: "Send" }).click();
}

/** Gets a code in one chat, types it in the other; the first is told of it. */
async function pairs(here, there) {
  await says(here, "/chorus pair");
  const issued = message(here, "The code counts once");
  await issued.waitFor();
  const [code] = (await issued.innerText()).match(/\b[A-Z0-9]{4}-[A-Z0-9]{4}\b/);
  await says(there, `/chorus pair ${code}`);
  await message(there, "now belongs to").waitFor();
  const direct = await here.context().newPage();
  await direct.goto(here.url().replace(/[^/]+$/, "direct"));
  await message(direct, "was paired with yours").waitFor();
  await direct.close();
}

/** Presses Share on the card; gives the private answer. */
async function asksToShare(page) {
  await page.bringToFront();
  await cardOf(page, HEADLINE).getByRole("button", { name: "Share", exact: true }).click();
  const choices = message(page, "then press Done");
  await choices.waitFor();
  return choices;
}

/** Goes on to a network in a tab of its own, posts there, and comes back. */
async function posts(page, way) {
  const [network] = await Promise.all([page.context().waitForEvent("page"), way.click()]);
  await network.waitForLoadState("load");
  await network.getByRole("button", { name: "Post", exact: true }).click();
  await network.getByRole("heading", { name: /^Posted on/ }).waitFor();
  await page.bringToFront();
  return network;
}

async function asksForMyPage(page) {
  await says(page, "/chorus me");
  const me = message(page, "confirmed by you, or proven by a click");
  await me.waitFor();
  return me;
}

/** How many shares somebody's own page counts. */
async function sharesOf(page) {
  const me = await asksForMyPage(page);
  return Number((await me.innerText()).match(/Shares\s+(\d+)/)[1]);
}
