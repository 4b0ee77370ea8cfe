import type { Metadata, Viewport } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import "./globals.css";

// Each answer has a nonce of its own, so no document may be rendered ahead of its request.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  description: "A web browser that you open as a web page.",
  applicationName: "Qui",
  appleWebApp: { capable: true, title: "Qui", statusBarStyle: "default" },
  // Numbers in a page are numbers: nothing here is a telephone number to press.
  formatDetection: { telephone: false },
  icons: {
    icon: [{ url: "/icons/icon.svg", type: "image/svg+xml" }],
    apple: [{ url: "/icons/apple-touch-icon.png", sizes: "180x180" }],
  },
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  // The frame reaches under notches and home bars, and keeps clear of them by itself.
  viewportFit: "cover",
  interactiveWidget: "resizes-content",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f1f0ed" },
    { media: "(prefers-color-scheme: dark)", color: "#0a0d10" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get("qui-theme")?.value;
  return (
    // The settings may set another theme here before React looks: another window may have changed it.
    <html
      lang="en"
      data-theme={theme === "light" || theme === "dark" ? theme : undefined}
      suppressHydrationWarning
    >
      <body>{children}</body>
    </html>
  );
}
