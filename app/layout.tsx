import type { Metadata } from "next";
import type { ReactNode } from "react";
import "./globals.css";

// Each answer has a nonce of its own, so no document may be rendered ahead of its request.
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: "Qui",
  description: "A web browser that you open as a web page.",
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
