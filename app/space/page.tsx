import type { Metadata } from "next";
import { Browser } from "#components/browse/browser.tsx";

export const metadata: Metadata = { title: "Qui" };

export default function SpacePage() {
  return <Browser />;
}
