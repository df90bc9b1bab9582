import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transformAsync } from "@babel/core";
import type { Plugin } from "vite";
import type { TestProjectConfiguration } from "vitest/config";

const packageDir = fileURLToPath(new URL("..", import.meta.url));
const react18 = `${packageDir}compat/react-18/node_modules/`;
const react18Packages: string[] = Object.keys(
  JSON.parse(readFileSync(`${packageDir}compat/react-18/package.json`, "utf8")).dependencies,
);

const test = {
  environment: "jsdom" as const,
  include: ["packages/react/src/**/*.test.tsx", "packages/react/test/**/*.test.tsx"],
};
const setup = "packages/react/test/setup.ts";
const strict = "packages/react/test/strict.ts";

/**
 * The component suite again on what else it has to hold on: React 18.3, Strict Mode (on both), and React Compiler, which
 * then compiles the hooks, the components and the tests' own components.
 */
export const reactMatrix: TestProjectConfiguration[] = [
  { extends: true, test: { ...test, name: "component-strict", setupFiles: [setup, strict] } },
  {
    extends: true,
    resolve: { alias: Object.fromEntries(react18Packages.map((name) => [name, react18 + name])) },
    test: { ...test, name: "component-react-18", setupFiles: [setup, strict], env: { PAYKIT_REACT: "18" } },
  },
  {
    extends: true,
    plugins: [reactCompiler()],
    test: { ...test, name: "component-compiler", setupFiles: [setup], env: { PAYKIT_COMPILER: "on" } },
  },
];

/** Compiles as the host's build would; types and JSX are left for Vite. */
function reactCompiler(): Plugin {
  return {
    name: "react-compiler",
    enforce: "pre",
    async transform(code, id) {
      if (!id.startsWith(`${packageDir}src`) || !/\.tsx?$/.test(id)) return null;
      const result = await transformAsync(code, {
        filename: id,
        babelrc: false,
        configFile: false,
        sourceMaps: true,
        parserOpts: { plugins: ["typescript", "jsx"] },
        plugins: [["babel-plugin-react-compiler", { target: "19" }]],
      });
      return result?.code == null ? null : { code: result.code, map: result.map ?? null };
    },
  };
}
