import { Landing } from "#components/browse/landing.tsx";

export default function LandingPage() {
  return <Landing />;
}
