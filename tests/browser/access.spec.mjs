// The way into the console: first start, password, expiry, keys; and every page of its frame, judged.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import {
  consolePages,
  fits,
  isAccessible,
  openBrowser,
  openPage,
  picture,
  pressKey,
  startServer,
} from "./support.mjs";

const PASSWORD = "a sentence of mine";
const EMAIL = "olga@lindenfeld.example";

let browser;
let server;

before(async () => {
  browser = await openBrowser();
  server = await startServer();
});

after(async () => {
  assert.equal(await server?.stop(), 0, server?.output());
  await browser?.close();
});

/** A page on which the owner is logged in. */
async function loggedIn(options) {
  const page = await openPage(browser, options);
  await page.goto(`${server.url}/o/lindenfeld/login`);
  await page.getByLabel("E-mail address").fill(EMAIL);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
  return page;
}

/** A page of somebody whose browser asks for German. */
const germanPage = (options) => openPage(browser, { locale: "de-DE", ...options });

/** Fills in the German log-in, and sends it. */
async function anmelden(page, password = PASSWORD) {
  await page.getByLabel("E-Mail-Adresse").fill(EMAIL);
  await page.getByLabel("Passwort", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Anmelden" }).click();
}

describe("the way into the console", () => {
  it("greets its first reader in German, too, and keeps what they typed", async () => {
    const [link] = server.output().match(/http:\S+\/enter\/\S+/);
    for (const phone of [false, true]) {
      const page = await germanPage({ phone });
      await page.goto(link);
      await page.getByRole("heading", { level: 1, name: "Willkommen bei Chorus" }).waitFor();
      await fits(page);
      await isAccessible(page);
      await page.getByLabel("Name deiner Organisation").fill("Lindenfeld");
      await page.getByLabel("Dein Name").fill("Olga Lind");
      await page.getByLabel("E-Mail-Adresse").fill(EMAIL);
      await page.getByLabel("Neues Passwort").fill("kurz");
      await page.getByRole("button", { name: "Anfangen" }).click();
      await page.getByText("Zu kurz").waitFor();
      assert.equal(await page.getByLabel("Dein Name").inputValue(), "Olga Lind", "what was typed stays");
      await fits(page);
      await isAccessible(page);
      await picture(page, `${phone ? "phone" : "wide"}-de-first-start-fault`);
    }
  });

  it("begins with a link that the server prints, and makes its first reader the owner", async () => {
    const [link] = server.output().match(/http:\S+\/enter\/\S+/);
    const page = await openPage(browser);
    await page.goto(link);
    await isAccessible(page);
    await picture(page, "first-start");
    await page.goto(link);
    await page.getByLabel("Your organization's name").fill("Lindenfeld");
    await page.getByLabel("Your name").fill("Olga Lind");
    await page.getByLabel("E-mail address").fill(EMAIL);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByText("Too short").waitFor();
    assert.equal(await page.getByLabel("Your name").inputValue(), "Olga Lind", "what was typed stays");
    await isAccessible(page);
    await picture(page, "first-start-fault");
    await page.getByLabel("New password").fill(PASSWORD);
    await page.getByRole("button", { name: "Begin" }).click();
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    assert.match(await page.locator("nav").innerText(), /Lindenfeld/);

    const other = await openPage(browser);
    await other.goto(link);
    await other.getByText("does not count any more").waitFor();
    await isAccessible(other);
    const german = await germanPage();
    await german.goto(link);
    await german.locator("html[lang=de]").waitFor();
    await isAccessible(german);
  });

  it("lets in, and refuses, in German, too", async () => {
    for (const phone of [false, true]) {
      const page = await germanPage({ phone });
      await page.goto(`${server.url}/o/lindenfeld/login`);
      await page.getByRole("heading", { level: 1, name: "Anmelden" }).waitFor();
      await fits(page);
      await isAccessible(page);
      await picture(page, `${phone ? "phone" : "wide"}-de-login`);
      await anmelden(page, "nicht mein Passwort");
      await page.getByText("passen nicht zusammen").waitFor();
      await fits(page);
      await isAccessible(page);
      await anmelden(page);
      await page.locator("main#main h1").waitFor();
    }
  });

  it("lets the owner in by password, on to the page that they wanted", async () => {
    const page = await openPage(browser);
    await page.goto(`${server.url}/o/lindenfeld/audit?kind=session`);
    await isAccessible(page);
    await picture(page, "login");
    await page.getByLabel("E-mail address").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill("not my password");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("do not fit together").waitFor();
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
    assert.match(page.url(), /kind=session$/);
    await page.getByRole("cell", { name: "Logged in" }).first().waitFor();
  });

  it("keeps what is typed while the session ends", async () => {
    const page = await loggedIn();
    await page.goto(`${server.url}/o/lindenfeld/you`);
    const elsewhere = await loggedIn();
    await elsewhere.goto(`${server.url}/o/lindenfeld/you`);
    await elsewhere.getByRole("button", { name: "Log out everywhere" }).click();
    await elsewhere.getByRole("button", { name: "Log in" }).waitFor();

    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByText("Nothing you typed is lost").waitFor();
    await isAccessible(page);
    await picture(page, "login-carried");
    await page.getByLabel("E-mail address").fill(EMAIL);
    await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    // The form that waited was sent by itself.
    await page.getByText("Wir sprechen ab jetzt Deutsch mit dir.").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("We speak English with you from now on.").waitFor();
    await page.reload();
    assert.equal(await page.getByText("We speak English").count(), 0, "a toast is said once");
  });

  it("sends what waits once its member logged in in another window, and logs nobody out again", async () => {
    const page = await loggedIn();
    const you = `${server.url}/o/lindenfeld/you`;
    const endAll = async () => {
      const elsewhere = await loggedIn();
      await elsewhere.goto(you);
      await elsewhere.getByRole("button", { name: "Log out everywhere" }).click();
      await elsewhere.getByRole("button", { name: "Log in" }).waitFor();
    };
    await page.goto(you);
    await endAll();
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await page.getByText("Nothing you typed is lost").waitFor();
    await isAccessible(page);
    await picture(page, "login-waiting");
    const send = page.getByRole("button", { name: "I am logged in, send it" });
    await send.click();
    await page.getByText("You are not logged in yet.").waitFor();
    const other = await page.context().newPage();
    await other.goto(`${server.url}/o/lindenfeld/login`);
    await other.getByLabel("E-mail address").fill(EMAIL);
    await other.getByLabel("Password", { exact: true }).fill(PASSWORD);
    await other.getByRole("button", { name: "Log in" }).click();
    await other.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    await send.click();
    await page.locator('html[data-theme="dark"]').waitFor();

    await page.goto(you);
    await endAll();
    await page.getByRole("button", { name: "Log out", exact: true }).click();
    await page.getByRole("button", { name: "Log in" }).waitFor();
    assert.equal(await page.getByText("Nothing you typed is lost").count(), 0);
  });

  it("carries what was typed in German, too, and shows it where no script sends it on", async () => {
    const page = await germanPage({ phone: true });
    // The script would send what waits at once.
    await page.route("**/assets/console-*.js", (route) => route.abort());
    await page.goto(`${server.url}/o/lindenfeld/you`);
    await anmelden(page);
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByText("Wir sprechen ab jetzt Deutsch mit dir.").waitFor();
    const elsewhere = await germanPage();
    await elsewhere.goto(`${server.url}/o/lindenfeld/you`);
    await anmelden(elsewhere);
    await elsewhere.getByRole("button", { name: "Überall abmelden" }).click();
    await elsewhere.getByRole("button", { name: "Anmelden" }).waitFor();
    await page.getByRole("button", { name: "Deutsch" }).click();
    await page.getByText("Nichts Getipptes ist verloren").waitFor();
    await fits(page);
    await isAccessible(page);
    await picture(page, "phone-de-login-carried");
    await anmelden(page, "nicht mein Passwort");
    await page.getByText("passen nicht zusammen").waitFor();
    await isAccessible(page);
    await anmelden(page);
    await page.getByRole("heading", { level: 1, name: "Da bist du wieder" }).waitFor();
    await fits(page);
    await isAccessible(page);
    await picture(page, "phone-de-resume");
    await page.getByRole("button", { name: "Jetzt abschicken" }).click();
    await page.getByText("Wir sprechen ab jetzt Deutsch mit dir.").waitFor();
    await page.getByRole("button", { name: "English" }).click();
    await page.getByText("We speak English with you from now on.").waitFor();
  });

  it("is walked by keyboard alone: skip link, palette, keys", async () => {
    const page = await loggedIn();
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
    await pressKey(page, "Control+k");
    await page.getByRole("combobox").fill("audit");
    await page.getByRole("option", { name: /Audit log/ }).waitFor();
    await isAccessible(page);
    await picture(page, "palette");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
    await pressKey(page, "g");
    await pressKey(page, "h");
    await page.getByRole("heading", { level: 1, name: "Home" }).waitFor();
    // A key that is held down opens nothing.
    await page.evaluate(() => document.dispatchEvent(new KeyboardEvent("keydown", { key: "?", repeat: true })));
    assert.equal(await page.getByRole("dialog").count(), 0);
    await pressKey(page, "?");
    const keys = page.getByRole("dialog", { name: "Keys" });
    await keys.waitFor();
    await isAccessible(page);
    await picture(page, "keys");
    // Who speaks to their computer turns single keys off.
    await keys.getByRole("checkbox").uncheck();
    await page.keyboard.press("Escape");
    await pressKey(page, "g");
    await pressKey(page, "a");
    await pressKey(page, "Control+k");
    await page.getByRole("combobox").fill("keys");
    await page.keyboard.press("Enter");
    await keys.getByRole("checkbox").check();
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("heading", { level: 1, name: "Home" }).count(), 1);
  });

  it("works without script", async () => {
    const page = await loggedIn({ script: false });
    await page.getByRole("link", { name: "Audit log" }).click();
    await page.getByRole("heading", { level: 1, name: "Audit log" }).waitFor();
    await page.getByRole("link", { name: /your settings/ }).click();
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    assert.equal(await page.locator("html").getAttribute("data-theme"), "dark");
    await page.getByRole("button", { name: "Log out", exact: true }).first().click();
    await page.getByRole("button", { name: "Log in" }).waitFor();
  });

  it("shows every page of the frame without a fault: light and dark, wide and on a phone, in both languages", async () => {
    for (const phone of [false, true]) {
      const page = await loggedIn({ phone });
      for (const language of ["Deutsch", "English"]) {
        await page.goto(`${server.url}/o/lindenfeld/you`);
        await page.getByRole("button", { name: language }).click();
        await page.locator(`html[lang=${language === "Deutsch" ? "de" : "en"}]`).waitFor();
        for (const path of consolePages) {
          await page.goto(`${server.url}/o/lindenfeld/${path}`);
          await fits(page);
          // Each width and each language is judged in full once; all four take twice the time and
          // differ in what is wide alone.
          if (phone === (language === "Deutsch")) await isAccessible(page);
          await picture(page, `${phone ? "phone" : "wide"}-${language}-${path || "home"}`);
        }
      }
    }
  });

  // Last: it spends the tries of a quarter of an hour.
  it("is not guessed: after ten tries even the right password waits", async () => {
    const page = await openPage(browser);
    await page.goto(`${server.url}/o/lindenfeld/login`);
    const attempt = async (password) => {
      await page.getByLabel("E-mail address").fill(EMAIL);
      await page.getByLabel("Password", { exact: true }).fill(password);
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        page.getByRole("button", { name: "Log in" }).click(),
      ]);
      await page.waitForLoadState();
      return answer.status();
    };
    for (let tries = 0; tries < 10; tries += 1) assert.equal(await attempt("wrong again and again"), 422);
    assert.equal(await attempt(PASSWORD), 429);
    await page.getByText("tried too often").waitFor();
    await isAccessible(page);
    await picture(page, "login-too-often");
    const german = await germanPage();
    await german.goto(`${server.url}/o/lindenfeld/login`);
    await anmelden(german);
    await german.getByText("Das waren zu viele Versuche").waitFor();
    await isAccessible(german);
  });
});
