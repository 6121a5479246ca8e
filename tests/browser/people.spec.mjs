// Who looks after people: invitations, the tree of teams, roles, a leaver; and the campaigns and topics of their posts.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import {
  enterConsole,
  fits,
  isAccessible,
  openApi,
  openBrowser,
  openPage,
  picture,
  pressKey,
  startServer,
} from "./support.mjs";

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
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
const loggedIn = (options) => enterConsole(browser, api, options);

const console_ = (page) => `${server.url}/o/${SLUG}/${page}`;

/** Opens the part of a page that stands behind a line. */
const unfold = (page, line) => page.locator("summary", { hasText: line }).first().click();

/** The page is good for everybody, in a window of its width. */
async function isGood(page, name) {
  await fits(page);
  await isAccessible(page);
  await picture(page, name);
}

describe("people", () => {
  it("are found from the rail, and the first page says how they get in", async () => {
    const page = await loggedIn();
    await pressKey(page, "g");
    await pressKey(page, "p");
    await page.getByRole("heading", { level: 1, name: "People" }).waitFor();
    await page.getByText("So far it is only you").waitFor();
    await isGood(page, "people-alone");
  });

  it("belong to teams, which are a tree", async () => {
    const page = await loggedIn();
    await page.goto(console_("people/teams"));
    await page.getByText("There are no teams yet").waitFor();
    await isGood(page, "teams-empty");
    const grow = async (name, below) => {
      const form = page.locator("section", { hasText: "A new team" }).last();
      await form.getByLabel("Name").fill(name);
      if (below) await form.getByLabel("Below").selectOption({ label: below });
      await form.getByRole("button", { name: "Make team" }).click();
      await page.getByText("The team is made.").waitFor();
    };
    await grow("Marketing");
    await grow("Social", "Marketing");
    await grow("Sales");
    await isGood(page, "teams");

    // Moved, named anew, and back again.
    const social = page.locator(".tree > li", { hasText: "Social" });
    await social.locator("summary").click();
    await social.getByLabel("Below").fill("Sales");
    await social.getByLabel("Name").fill("Social media");
    await isGood(page, "teams-change");
    await social.getByRole("button", { name: "Save" }).click();
    await page.locator("p", { hasText: "Sales › Social media" }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.locator("p", { hasText: "Marketing › Social" }).waitFor();

    // One that is not empty says why it stays; an empty one goes.
    const marketing = page.locator(".tree > li", { hasText: "Marketing" }).first();
    await marketing.locator("summary").click();
    await marketing.getByText("It can be removed once").waitFor();
    const sales = page.locator(".tree > li", { hasText: "Sales" });
    await sales.locator("summary").click();
    await sales.getByRole("button", { name: "Remove Sales" }).click();
    await page.getByText("The team is removed.").waitFor();
  });

  it("are invited several at once, and who gets a role comes in by a link", async () => {
    const page = await loggedIn();
    await page.goto(console_("people"));
    await page.getByRole("link", { name: "Invite people" }).first().click();
    await page.getByLabel("E-mail addresses").fill("Ada Lovelace <ada@lindenfeld.example>\nnonsense");
    await page.getByLabel("Team", { exact: true }).selectOption({ label: "Marketing › Social" });
    await page.getByLabel("Curator").check();
    await isGood(page, "invite");
    await page.getByRole("button", { name: "Invite people" }).click();
    await page.getByText("These are no e-mail addresses.").waitFor();
    assert.equal(await page.getByLabel("E-mail addresses").inputValue(), "nonsense");
    const link = await page.getByLabel("Link", { exact: true }).inputValue();
    await isGood(page, "invite-told");

    const hers = await openPage(browser);
    await hers.goto(link);
    await hers.getByRole("heading", { name: /Ada Lovelace/ }).waitFor();
    await hers.getByRole("button").first().click();
    await hers.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await hers.goto(link);
    await hers.getByText("This link does not count any more").waitFor();
  });

  it("are given roles, which can be taken back at once, and the last owner stays one", async () => {
    const page = await loggedIn();
    await page.goto(console_("people?role=curator"));
    await page.getByRole("link", { name: "Ada Lovelace" }).click();
    await isGood(page, "member");
    await page.getByLabel("Approver").check();
    await page.getByRole("button", { name: "Save roles" }).click();
    await page.getByText("The roles are saved.").waitFor();
    assert.ok(await page.getByLabel("Approver").isChecked());
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("As it was before.").waitFor();
    assert.ok(!(await page.getByLabel("Approver").isChecked()));

    await page.goto(console_("people?role=owner"));
    await page.getByRole("link", { name: "Olga Lind" }).last().click();
    await page.getByLabel("Owner").uncheck();
    await page.getByRole("button", { name: "Save roles" }).click();
    await page.getByText("Nobody else is an owner.").waitFor();
    await isGood(page, "member-last-owner");
  });

  it("get a pairing code to type in a chat where they are not known", async () => {
    const page = await loggedIn();
    await page.goto(console_("people?q=lovelace"));
    await page.getByRole("link", { name: "Ada Lovelace" }).click();
    await page.getByRole("button", { name: "Issue a pairing code" }).click();
    assert.match(await page.locator(".code").innerText(), /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    await isGood(page, "member-code");
    await page.getByRole("button", { name: "Make a one-time link" }).click();
    assert.match(await page.getByLabel("Link", { exact: true }).inputValue(), /\/enter\//);
    await isGood(page, "member-link");
  });

  it("leave by name, and can be brought back", async () => {
    const page = await loggedIn();
    await page.goto(console_("people?q=ada"));
    await page.getByRole("link", { name: "Ada Lovelace" }).click();
    await unfold(page, "This person has left");
    await isGood(page, "member-leave");
    await page.getByRole("button", { name: "Mark Ada Lovelace as left" }).click();
    await page.getByText("Marked as left.").waitFor();
    await isGood(page, "member-left");
    await page.goto(console_("people?standing=left"));
    await page.getByRole("link", { name: "Ada Lovelace" }).click();
    await page.getByRole("button", { name: "Bring Ada Lovelace back" }).click();
    await page.getByText("They are back.").waitFor();
    assert.ok(await page.getByLabel("Curator").isChecked(), "with the roles that she had");
  });

  it("are looked after without script, too", async () => {
    const page = await loggedIn({ script: false });
    await page.goto(console_("people?q=ada"));
    await page.getByRole("link", { name: "Ada Lovelace" }).click();
    await page.getByLabel("Team", { exact: true }).selectOption({ label: "Marketing" });
    await page.getByRole("button", { name: "Save team" }).click();
    await page.getByText("The team is saved.").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("As it was before.").waitFor();
  });
});

describe("campaigns and topics", () => {
  it("let a campaign have a goal, an end and its posts", async () => {
    const page = await loggedIn();
    await page.goto(console_("library"));
    await page.getByRole("link", { name: "Campaigns" }).click();
    await page.getByText("There are no campaigns yet").waitFor();
    await isGood(page, "campaigns-empty");
    await page.getByRole("link", { name: "New campaign" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Apprentices 2027");
    await page.getByLabel("Target").fill("12");
    await page.getByRole("button", { name: "Make campaign" }).click();
    await page.getByText("Choose the goal that the target counts.").waitFor();
    await isGood(page, "campaign-fault");
    await page.getByLabel("Goal").selectOption({ label: "Recruiting" });
    await page.getByLabel("Area of the company").selectOption({ label: "HR" });
    await page.getByLabel("Last day").fill("2027-03-31");
    await page.getByRole("button", { name: "Make campaign" }).click();
    await page.getByText("The campaign is made.").waitFor();
    await isGood(page, "campaign");
    await api("POST", "/posts", { title: "Six bakers begin", campaign: "apprentices-2027", topics: ["Bread", "bread!"] });
    await page.goto(console_("library/campaigns"));
    await page.getByText("Recruiting: 12").waitFor();
    await isGood(page, "campaigns");
    await page.getByRole("link", { name: "1 post" }).click();
    await page.getByText("Six bakers begin").waitFor();
    await page.goto(console_("library/campaigns"));
    await page.getByRole("link", { name: "Apprentices 2027" }).click();
    await page.getByRole("button", { name: "End it now" }).click();
    await page.getByText("The campaign has ended.").waitFor();
    await isGood(page, "campaign-ended");
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "End it now" }).waitFor();
  });

  it("keep topics in order", async () => {
    const page = await loggedIn();
    await page.goto(console_("library/topics"));
    await page.getByText("Bread").first().waitFor();
    const fresh = page.locator("section", { hasText: "A new topic" }).last();
    await fresh.getByLabel("Name").fill("Baking");
    await fresh.getByRole("button", { name: "Make topic" }).click();
    await page.getByText("The topic is made.").waitFor();
    await isGood(page, "topics");
    const bread = page.locator(".rows > li", { hasText: "Bread" }).first();
    await bread.locator("summary").click();
    await bread.getByLabel("Merge into").fill("Baking");
    await isGood(page, "topics-merge");
    await bread.getByRole("button", { name: "Merge Bread" }).click();
    await page.getByText("The two topics are one.").waitFor();
    await page.locator(".rows > li", { hasText: "Baking" }).getByText("1 post").waitFor();
  });
});

describe("the pages of people, campaigns and topics", () => {
  it("are good in both languages, wide and on a phone", async () => {
    const people = await api("GET", "/members?q=ada");
    const campaigns = await api("GET", "/campaigns");
    const pages = [
      "people",
      "people?q=nobody",
      `people/${people.items[0].id}`,
      "people/invite",
      "people/teams",
      "library/campaigns",
      "library/campaigns/new",
      `library/campaigns/${campaigns.items[0].id}`,
      "library/topics",
    ];
    for (const phone of [false, true]) {
      const page = await loggedIn({ phone });
      for (const language of ["Deutsch", "English"]) {
        await page.goto(console_("you"));
        await page.getByRole("button", { name: language }).click();
        await page.locator(`html[lang=${language === "Deutsch" ? "de" : "en"}]`).waitFor();
        for (const [at, path_] of pages.entries()) {
          await page.goto(console_(path_));
          await isGood(page, `${phone ? "phone" : "wide"}-${language}-people-${at}`);
        }
      }
    }
  });
});
