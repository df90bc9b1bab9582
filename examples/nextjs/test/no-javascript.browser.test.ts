import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { buyPro } from "./person.js";
import { mainText } from "./watch.js";

const example = exampleForFile();

describe("a browser without JavaScript", () => {
  it("signs up, buys Pro, and sends a message", async () => {
    const page = await example.openPage({ javaScriptEnabled: false });
    await buyPro(page, example);
    await page.getByRole("button", { name: "Send message" }).first().click();
    await page.getByText("Pro · 1,999 of 2,000 messages left").waitFor();
    expect(await mainText(page)).toContain("I wanted to say that the plan is good.");
  });
});
