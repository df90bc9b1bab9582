import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build, type Rolldown } from "vite";

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The gallery as users' bundlers make it, minified and for production, and the stylesheets of PayKit and the example. */
export async function bundleGallery() {
  const output = await build({
    configFile: false,
    root: pathOf("."),
    base: "/gallery/",
    logLevel: "error",
    // Vitest says "test", for which React would come as for development.
    define: { "process.env.NODE_ENV": JSON.stringify("production") },
    oxc: { jsx: { runtime: "automatic", development: false } },
    resolve: { conditions: ["@paykit/source", "browser", "production"] },
    build: { write: false, rolldownOptions: { input: pathOf("main.tsx") } },
  });
  const { output: files } = output as Rolldown.RolldownOutput;
  const chunks = files.filter((file) => file.type === "chunk");
  const scripts = new Map(chunks.map(({ fileName, code }) => [`/gallery/${fileName}`, code]));
  const entry = `/gallery/${chunks.find(({ isEntry }) => isEntry)?.fileName}`;
  const sheets = ["../../../../packages/react/styles.css", "../../app/globals.css"].map(pathOf);
  const styles = (await Promise.all(sheets.map((path) => readFile(path, "utf8")))).join("\n");
  return { scripts, entry, styles };
}
