import type { Page } from "playwright";
import { describe, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { dense, inspect } from "./inspect.js";
import { buyPro, payWith, signUp } from "./person.js";
import { takePartPictures, takePictures } from "./pictures.js";

const example = exampleForFile();

describe("each page, with nothing cut and nothing that axe objects to,", () => {
  it("is there for everybody", async () => {
    const page = await example.openPage(dense);
    await look(page, { "/": "pricing", "/ar": "ar", "/sign-in": "sign-in", "/sign-up": "sign-up" });
  });

  it("is there for a person on Free", async () => {
    const page = await example.openPage(dense);
    await signUp(page, example);
    await look(page, { "/dashboard": "dashboard-free", "/billing": "billing-free", "/teams": "teams-free" });
  });

  it("is there for a person on Pro", async () => {
    const page = await example.openPage(dense);
    await buyPro(page, example);
    await page.getByRole("button", { name: "Send message" }).first().click();
    await page.getByText("Pro · 1,999 of 2,000 messages left").waitFor();
    await look(page, {
      "/": "pricing-pro",
      "/dashboard": "dashboard",
      "/billing": "billing",
      "/ar/billing": "ar-billing",
    });
    await page.goto(`${example.url}/`, { waitUntil: "networkidle" });
    await takePartPictures(page, "#pricing", "plans");
  });

  it("is there for a person on trial", async () => {
    const page = await example.openPage(dense);
    await signUp(page, example);
    await page.goto(`${example.url}/`);
    await page.getByRole("listitem", { name: "Studio" }).getByRole("button").click();
    await payWith(page, "4242 4242 4242 4242");
    await page.waitForURL(`${example.url}/dashboard`);
    await look(page, { "/billing": "billing-trial" });
    await page.getByText("Trial ends on").waitFor();
  });
});

/** Opens each path and looks at it closely; what it is called is also the name of its pictures. */
async function look(page: Page, names: Record<string, string>) {
  for (const [path, name] of Object.entries(names)) {
    await page.goto(example.url + path, { waitUntil: "networkidle" });
    await inspect(page, name);
    await takePictures(page, name);
  }
}
