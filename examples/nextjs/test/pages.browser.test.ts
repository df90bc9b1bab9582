import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { exampleForFile } from "./example-for-file.js";
import { buyPro, signUp } from "./person.js";

const example = exampleForFile();
const images = fileURLToPath(new URL("../../../docs/images/", import.meta.url));

/** Set to 1, the pictures of the documentation are taken again. */
const takesPictures = process.env.PAYKIT_PICTURES === "1";

describe("the pages for everybody", () => {
  it.each(["/", "/ar", "/sign-in", "/sign-up"])(
    "%s has nothing that axe objects to, from 320 px on",
    async (path) => {
      const page = await example.openPage();
      await page.goto(example.url + path);
      await inspect(page, path === "/" ? "pricing" : path.slice(1));
    },
  );
});

describe("the pages of a person on Free", () => {
  it.each(["/dashboard", "/billing", "/teams"])(
    "%s has nothing that axe objects to, from 320 px on",
    async (path) => {
      const page = await example.openPage();
      await signUp(page, example);
      await page.goto(example.url + path, { waitUntil: "networkidle" });
      await inspect(page, `${path.slice(1)}-free`);
    },
  );
});

describe("the pages of a person on Pro", () => {
  it.each(["/", "/dashboard", "/billing"])(
    "%s has nothing that axe objects to, from 320 px on",
    async (path) => {
      const page = await example.openPage();
      await buyPro(page, example);
      await page.goto(example.url + path, { waitUntil: "networkidle" });
      await inspect(page, path === "/" ? "pricing-pro" : path.slice(1));
    },
  );
});

/** Light and dark, narrow and wide: no finding, and no scrolling sideways. */
async function inspect(page: Page, name: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [320, 1200]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 800 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(" ")}`,
      );
      expect(found, `${name}, ${colorScheme}, ${width} px`).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const isWorthIt = colorScheme === "light" || width > 320;
      if (takesPictures && isWorthIt) await takePicture(page, `${name}-${colorScheme}-${width}.png`);
    }
  }
}

async function takePicture(page: Page, name: string) {
  await mkdir(images, { recursive: true });
  await page.screenshot({ path: images + name, fullPage: true });
}
