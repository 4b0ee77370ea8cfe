import type { NextConfig } from "next";

const config: NextConfig = {
  // Parallel development servers on one checkout need build folders of their own.
  distDir: process.env.QUI_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  serverExternalPackages: ["sharp", "linkedom", "pino", "third-party-web"],
  typescript: { ignoreBuildErrors: true },
};

export default config;
