import type { Metadata } from "next";
import { Landing } from "#components/browse/landing.tsx";

export const metadata: Metadata = { title: "Qui" };

export default function LandingPage() {
  return <Landing />;
}
