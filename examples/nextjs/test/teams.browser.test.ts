import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { buyPro, signUp, upgrade } from "./person.js";
import { mainText } from "./watch.js";

const example = exampleForFile();

describe("a team", () => {
  it("has a plan of its own, which its members use and only its admins may change", async () => {
    const founder = await example.openPage();
    await signUp(founder, example);
    await foundTeam(founder);
    await upgrade(founder, example);
    expect(await mainText(founder)).toContain("Pro · 2,000 of 2,000 messages left");

    const member = await example.openPage();
    const email = await signUp(member, { url: example.url, name: "Kim" });
    await founder.goto(`${example.url}/teams`);
    await founder.getByLabel("E-mail of a new member").fill(email);
    await founder.getByRole("button", { name: "Invite" }).click();
    const link = await founder.getByRole("link", { name: "/teams/join/" }).getAttribute("href");
    await member.goto(`${example.url}${link}`);
    await member.getByRole("button", { name: "Join the team" }).click();
    await member.getByText("Pro · 2,000 of 2,000 messages left").waitFor();

    await member.goto(`${example.url}/billing`);
    await member.getByRole("button", { name: "Manage billing" }).click();
    await member
      .getByRole("alert")
      .getByText(/may not do this/)
      .waitFor();
  });

  it("is left by switching back to one's own space", async () => {
    const page = await example.openPage();
    await buyPro(page, example);
    await foundTeam(page);
    await page.getByText("Free · 100 of 100 messages left").waitFor();
    await page.getByLabel("Workspace").selectOption("Robin");
    await page.getByRole("button", { name: "Switch" }).click();
    await page.getByText("Pro · 2,000 of 2,000 messages left").waitFor();
  });
});

/** Leaves the person on the dashboard of the new team. */
async function foundTeam(page: Page) {
  await page.goto(`${example.url}/teams`);
  await page.getByLabel("Name of the team").fill("Nest");
  await page.getByRole("button", { name: "Create team" }).click();
  await page.waitForURL(`${example.url}/dashboard`);
}
