import { Browser } from "#components/browse/browser.tsx";

// It names itself after the tab in front: a title from here could arrive later, and stay.

export default function SpacePage() {
  return <Browser />;
}
