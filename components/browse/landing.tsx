import { EyeOff, ShieldCheck, Type } from "lucide-react";
import { HeadsetLine } from "#components/browse/headset-line.tsx";
import { LandingOmnibox } from "#components/browse/landing-omnibox.tsx";
import { LandingScene } from "#components/browse/landing-scene.tsx";

const FACTS = [
  {
    Icon: EyeOff,
    title: "Sites don’t see you",
    text: "Qui’s server fetches the page for you, so your device never meets the site.",
  },
  {
    Icon: ShieldCheck,
    title: "Trackers stay behind",
    text: "They are counted, named and left out. No script of a page ever runs here.",
  },
  {
    Icon: Type,
    title: "Set to be read",
    text: "One calm page, your type, your light. Split it, keep it, come back to it.",
  },
];

/** Qui on one screen: what it is, what it does for you, and the field to begin with. */
export function Landing() {
  return (
    <div className="relative flex min-h-dvh flex-col overflow-x-clip">
      <header className="flex items-center justify-between gap-4 px-6 py-4 sm:px-8">
        <span className="text-lg font-semibold tracking-tight">Qui</span>
        <a
          href="/space"
          className="-me-4 flex min-h-11 items-center rounded-full px-4 text-sm font-medium text-muted hover:bg-hover hover:text-ink"
        >
          Open your tabs
        </a>
      </header>
      <main className="relative z-10 flex flex-col items-center px-6 pt-[4vh] pb-6 text-center max-sm:flex-1 sm:pt-[8vh]">
        <h1 className="max-w-2xl text-3xl leading-tight font-semibold tracking-tight text-balance">
          The web, in a quiet room
        </h1>
        <p className="mt-3 max-w-lg text-base leading-relaxed text-pretty text-muted">
          A browser that you open as a web page. Type an address and read: no account, nothing to install.
        </p>
        <div className="mt-8 w-full max-w-2xl">
          <LandingOmnibox />
        </div>
        <HeadsetLine />
        <ul className="mt-10 grid w-full max-w-4xl gap-x-10 gap-y-5 text-start sm:mt-14 sm:grid-cols-3">
          {FACTS.map(({ Icon, title, text }) => (
            <li key={title} className="flex gap-3 sm:flex-col sm:gap-2">
              <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-accent" />
              <div>
                <h2 className="text-sm font-semibold">{title}</h2>
                <p className="mt-1 text-sm leading-relaxed text-muted">{text}</p>
              </div>
            </li>
          ))}
        </ul>
      </main>
      <LandingScene />
      <footer className="relative z-10 bg-sunken px-6 pt-3 pb-[max(16px,env(safe-area-inset-bottom))] text-center text-xs text-muted">
        To fetch a page, Qui’s server learns its address. Tabs and history are kept on this device only.
      </footer>
    </div>
  );
}
