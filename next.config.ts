import type { NextConfig } from "next";
import { nextHeaderRules } from "./lib/core/security-headers/next-headers.ts";

const config: NextConfig = {
  // Parallel development servers on one checkout need build folders of their own.
  distDir: process.env.QUI_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  headers: async () => nextHeaderRules(),
  serverExternalPackages: ["sharp", "linkedom", "pino", "third-party-web"],
  typescript: { ignoreBuildErrors: true },
};

export default config;
