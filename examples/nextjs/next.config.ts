import type { NextConfig } from "next";

const config: NextConfig = {
  // PGlite finds its WebAssembly beside its own code, so it must not be bundled.
  serverExternalPackages: ["@electric-sql/pglite"],
  // The tests build beside a running demo.
  distDir: process.env.NEXT_DIST_DIR ?? ".next",
};

export default config;
