import type { Metadata } from "next";
import type { ReactNode } from "react";
import { BOOTSTRAP_SCRIPT } from "#lib/core/security-headers/bootstrap-script.ts";
import { getNonce } from "#lib/server/http/get-nonce.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: "Qui",
  description: "A web browser that you open as a web page.",
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const nonce = await getNonce();
  return (
    <html lang="en">
      <head>
        {/* Browsers hide the attribute from scripts, so what React finds never equals what it rendered. */}
        <script
          nonce={nonce}
          suppressHydrationWarning
          // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
          dangerouslySetInnerHTML={{ __html: BOOTSTRAP_SCRIPT }}
        />
      </head>
      <body>{children}</body>
    </html>
  );
}
