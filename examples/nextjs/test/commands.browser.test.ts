import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { cards, payWith, signUp } from "./person.js";

const example = exampleForFile();

describe("a click on the upgrade button", () => {
  it("opens one checkout when it is three clicks", async () => {
    const page = await openDashboard();
    const asked = checkoutsOf(page);
    await upgradeButton(page).click({ clickCount: 3 });
    await page.getByLabel("Card number").waitFor();
    expect(asked).toHaveLength(1);
  });

  it("says that the network is down while it is, and buys once when it is back", async () => {
    const page = await openDashboard();
    await page.context().setOffline(true);
    await upgradeButton(page).click();
    await page.getByRole("alert").getByText("No connection. Please try again.").waitFor();
    await isLive(page);
    await page.context().setOffline(false);
    await upgradeButton(page).click();
    await payWith(page, cards.pays);
    await hasBoughtOnce(page);
  });

  it("buys once when the first answer is lost on its way and the person clicks again", async () => {
    const page = await openDashboard();
    const opened: string[] = [];
    await page.route("**/api/paykit/checkout", async (route) => {
      const answer = await route.fetch();
      opened.push((await answer.json()).url);
      await (opened.length === 1 ? route.abort() : route.fulfill({ response: answer }));
    });
    await upgradeButton(page).click();
    await page.getByRole("alert").getByText("No connection. Please try again.").waitFor();
    await isLive(page);
    await upgradeButton(page).click();
    await payWith(page, cards.pays);
    await hasBoughtOnce(page);
    expect(opened).toHaveLength(2);
    expect(opened[1]).toBe(opened[0]);
  });

  it("is live again after the browser's Back from checkout, and buys once", async () => {
    const page = await openDashboard();
    await upgradeButton(page).click();
    await page.getByLabel("Card number").waitFor();
    await page.goBack();
    await isLive(page);
    await upgradeButton(page).click();
    await payWith(page, cards.pays);
    await hasBoughtOnce(page);
  });

  it("is live again, and buys once, for one who loaded another page before the answer came", async () => {
    const page = await openDashboard();
    const answer = holdCheckout(page);
    await upgradeButton(page).click();
    await answer.isHeld;
    await page.goto(`${example.url}/billing`);
    answer.release();
    await page.goBack();
    await isLive(page);
    await upgradeButton(page).click();
    await payWith(page, cards.pays);
    await hasBoughtOnce(page);
  });

  it("still leads to checkout when a link of the app was followed meanwhile, and is live after Back", async () => {
    const page = await openDashboard();
    const answer = holdCheckout(page);
    await upgradeButton(page).click();
    await answer.isHeld;
    await page.getByRole("link", { name: "Billing" }).click();
    await page.waitForURL(`${example.url}/billing`);
    answer.release();
    await page.getByLabel("Card number").waitFor();
    await page.goBack();
    await page.getByRole("link", { name: "Write" }).click();
    await isLive(page);
    await upgradeButton(page).click();
    await payWith(page, cards.pays);
    await hasBoughtOnce(page);
  });

  it("buys once when two tabs click at once and both pay", async () => {
    const page = await openDashboard();
    const tab = await page.context().newPage();
    await tab.goto(`${example.url}/dashboard`);
    const tabs = [page, tab];
    await Promise.all(tabs.map((each) => upgradeButton(each).click()));
    await Promise.all(tabs.map((each) => each.getByLabel("Card number").waitFor()));
    expect(new URL(page.url()).pathname).toBe(new URL(tab.url()).pathname);
    await Promise.all(tabs.map((each) => payWith(each, cards.pays)));
    await page.goto(`${example.url}/dashboard`);
    await hasBoughtOnce(page);
  });
});

async function openDashboard() {
  const page = await example.openPage();
  await signUp(page, example);
  return page;
}

function upgradeButton(page: Page) {
  return page.getByRole("button", { name: "Upgrade to Pro" });
}

async function isLive(page: Page) {
  await upgradeButton(page).and(page.locator("[aria-busy=false]")).waitFor();
}

/** The person is on Pro, by one invoice of 19.00. */
async function hasBoughtOnce(page: Page) {
  await page.waitForURL(`${example.url}/dashboard`);
  await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
  const answer = await page.request.get(`${example.url}/api/paykit/invoices`);
  const { invoices }: { invoices: { total: number; status: string }[] } = await answer.json();
  expect(invoices.map(({ total, status }) => [total, status])).toEqual([[1900, "paid"]]);
}

/** The requests for a checkout from now on. */
function checkoutsOf(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/paykit/checkout") asked.push(request.url());
  });
  return asked;
}

/** The first request for a checkout reaches the server, and its answer waits for `release`. */
function holdCheckout(page: Page) {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const isHeld = new Promise<void>((hold) => {
    void page.route(
      "**/api/paykit/checkout",
      async (route) => {
        const response = await route.fetch();
        hold();
        await released;
        await route.fulfill({ response }).catch(() => {}); // whoever asked may be gone
      },
      { times: 1 },
    );
  });
  return { isHeld, release: () => release() };
}
