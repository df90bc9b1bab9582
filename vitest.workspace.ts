import { defineConfig } from "vitest/config";
import { reactMatrix } from "./packages/react/test/matrix.js";

const resolve = { conditions: ["@paykit/source"] };
const ssr = { resolve: { conditions: ["@paykit/source", "node"] } };

/**
 * The projects: `unit` (no I/O), `integration` (PGlite and a real PostgreSQL), `component` (jsdom), `browser` (Chromium).
 * The suffix picks the runner: `.test.ts` is a unit test, `.integration.test.ts` opens a database, `.test.tsx` renders,
 * `.browser.test.ts` drives Chromium against the built example.
 */
export default defineConfig({
  resolve,
  ssr,
  test: {
    // A hang is the only thing that a time limit should find: a busy machine is late, not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          environment: "node",
          include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "scripts/**/*.test.ts"],
          exclude: ["**/*.integration.test.ts", "**/*.browser.test.ts", "**/node_modules/**", "**/dist/**"],
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          environment: "node",
          include: ["packages/*/src/**/*.integration.test.ts", "packages/*/test/**/*.integration.test.ts"],
          globalSetup: ["packages/server/test/global-setup.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "component",
          environment: "jsdom",
          include: ["packages/react/src/**/*.test.tsx", "packages/react/test/**/*.test.tsx"],
          setupFiles: ["packages/react/test/setup.ts"],
        },
      },
      ...reactMatrix,
      {
        extends: true,
        test: {
          name: "browser",
          environment: "node",
          include: ["examples/*/test/**/*.browser.test.ts"],
          globalSetup: ["examples/nextjs/test/global-setup.ts"],
          testTimeout: 240_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
