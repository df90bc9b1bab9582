import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { extractSnippets } from "./extract-snippets.mjs";
import { binary, exampleFolder, root, run } from "./workspace.mjs";

/**
 * Compiles the code of the root README and of each package's README: every TypeScript block goes to the file that its first line
 * names, and the files of one README are one project. It sees the built packages, as an app does. Resolves to an exit code.
 */
export async function checkSnippets() {
  let worst = 0;
  for (const { readme, folder } of listReadmes()) {
    console.log(relative(root, readme));
    const code = await compile({ readme, folder });
    worst = Math.max(worst, code);
  }
  return worst;
}

/** The READMEs, each with the folder whose dependencies its code may import. */
function listReadmes() {
  const packages = readdirSync(join(root, "packages")).map((name) => join(root, "packages", name));
  return [
    { readme: join(root, "README.md"), folder: exampleFolder },
    ...packages.map((folder) => ({ readme: join(folder, "README.md"), folder })),
  ].filter(({ readme }) => existsSync(readme));
}

/** @param {{ readme: string, folder: string }} project */
async function compile({ readme, folder }) {
  const { files, problems } = extractSnippets(readFileSync(readme, "utf8"));
  for (const problem of problems) console.error(`${relative(root, readme)}: ${problem}`);
  if (problems.length > 0) return 1;
  if (files.size === 0) return 0;
  const project = join(folder, ".snippets");
  rmSync(project, { recursive: true, force: true });
  write(join(project, "tsconfig.json"), JSON.stringify(configuration(), null, 2));
  for (const [name, code] of files) write(join(project, name), code);
  const code = await run(binary("tsc"), ["-p", project]);
  rmSync(project, { recursive: true, force: true });
  return code;
}

function configuration() {
  return {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      module: "ESNext",
      moduleResolution: "bundler",
      lib: ["ES2023", "DOM", "DOM.Iterable"],
      jsx: "react-jsx",
      paths: { "@/*": ["./*"] },
    },
    include: ["**/*.ts", "**/*.tsx"],
  };
}

/**
 * @param {string} path
 * @param {string} text
 */
function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
