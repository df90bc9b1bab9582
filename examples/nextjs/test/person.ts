import { randomUUID } from "node:crypto";
import type { Page } from "playwright";
import { expect } from "vitest";
import { mainText } from "./watch.js";

/** Signs somebody new up and leaves them on the dashboard. Resolves to their e-mail address. */
export async function signUp(page: Page, { url, name = "Robin" }: { url: string; name?: string }) {
  await page.goto(`${url}/sign-up`);
  const email = `${randomUUID()}@example.com`;
  await fillIn(page, { name, email });
  await page.waitForURL(`${url}/dashboard`);
  return email;
}

/** Fills the form of a new account and sends it. */
export async function fillIn(page: Page, { name, email }: { name: string; email: string }) {
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill("correct horse");
  await page.getByRole("button", { name: "Create account" }).click();
}

/** Fills the sandbox's checkout page and presses its button. */
export async function payWith(page: Page, cardNumber: string) {
  await page.getByLabel("Card number").fill(cardNumber);
  await page.getByLabel("Expiry").fill("12 / 34");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: /^(Subscribe|Pay|Start trial)/ }).click();
}

/** Buys Pro from the dashboard, with a card that pays. */
export async function upgrade(page: Page, { url }: { url: string }) {
  await page.getByRole("button", { name: "Upgrade to Pro" }).click();
  await payWith(page, cards.pays);
  await page.waitForURL(`${url}/dashboard`);
}

/** Signs up and buys Pro with a card that pays. */
export async function buyPro(page: Page, { url }: { url: string }) {
  await signUp(page, { url });
  await upgrade(page, { url });
  expect(await mainText(page)).toContain("Pro · 2,000 of 2,000 messages left");
}

export const cards = {
  pays: "4242 4242 4242 4242",
  declines: "4000 0000 0000 0002",
};
