import { CircleSlash, Hourglass, type LucideIcon, Moon, RotateCcw, ServerCrash } from "lucide-react";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { FailureView } from "#components/document/failure-view.tsx";
import { Spinner } from "#components/ui/spinner.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { getViewHandle } from "#lib/client/pages/view-handles.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";
import { failureOfLoad } from "#lib/core/live/failure-of-load.ts";
import { adviseOnFailure, type FailureKind } from "#lib/core/reading/failure-advice.ts";
import { displayUrl, hostOf } from "#lib/core/reading/link-target.ts";
import type { PageAction } from "#lib/core/reading/page-view-state.ts";
import type { LiveEnd } from "#lib/protocol/live-server-message.ts";

interface LiveStatusProps {
  tab: LiveTab;
  onAction: (action: PageAction) => void;
}

/** What stands over the picture, or in its place, while the page is not simply there. */
export function LiveStatus({ tab, onAction }: LiveStatusProps) {
  const status = useStore(tab.store, (state) => state.status);
  const picture = useStore(tab.store, (state) => state.picture);
  const loadFailure = useStore(tab.store, (state) => state.loadFailure);
  const url = getPagePanel(tab.panelId)?.state.url ?? "";
  const name = hostOf(url) || "the page";
  const reload = () => tab.reload();

  switch (status.kind) {
    case "open":
      if (loadFailure) {
        const error = failureOfLoad(loadFailure.error);
        return (
          <Over tab={tab}>
            <FailureView
              state={{ status: "failed", url: loadFailure.url || url, error }}
              onRetry={reload}
              onAction={onAction}
            />
          </Over>
        );
      }
      return picture ? <Said>Live page shown</Said> : <Opening name={name} panelId={tab.panelId} />;
    case "connecting":
      return picture ? (
        <Word busy>Opening {name} again…</Word>
      ) : (
        <Opening name={name} panelId={tab.panelId} />
      );
    case "waiting":
      return (
        <Over tab={tab}>
          <State
            Icon={Hourglass}
            title="All places are taken"
            url={url}
            actions={<ReaderButton panelId={tab.panelId} />}
          >
            {status.place === 1
              ? "You are next. The page opens by itself as soon as a place is free."
              : `You are number ${status.place} in line. The page opens by itself when it is your turn.`}
          </State>
        </Over>
      );
    case "lost":
      return picture ? (
        <Word busy action={{ label: "Try now", run: reload }}>
          Connection lost. This is the last picture; reconnecting…
        </Word>
      ) : (
        <Over tab={tab}>
          <State
            Icon={ServerCrash}
            title="No connection to the live page"
            url={url}
            actions={
              <>
                <Action label="Try now" run={reload} />
                <ReaderButton panelId={tab.panelId} />
              </>
            }
          >
            Qui keeps trying by itself. Nothing of the page is lost that the site has kept.
          </State>
        </Over>
      );
    case "failed":
      return (
        <Over tab={tab}>
          <FailureView
            state={{ status: "failed", url, error: status.error }}
            onRetry={reload}
            onAction={onAction}
            // An address that no page may be fetched from stays closed to the reader too.
            way={
              READER_HELPS.has(adviseOnFailure(status.error.code, url).kind) && (
                <ReaderButton panelId={tab.panelId} />
              )
            }
          />
        </Over>
      );
    case "ended": {
      const { Icon, title, text, label } = ENDS[status.why];
      const again = <Action label={label} run={reload} />;
      const reader = <ReaderButton panelId={tab.panelId} />;
      return (
        <Over tab={tab}>
          <State
            Icon={Icon}
            title={title}
            url={url}
            actions={
              status.why === "time-spent" ? (
                <>
                  {reader}
                  {again}
                </>
              ) : (
                <>
                  {again}
                  {reader}
                </>
              )
            }
          >
            {text}
          </State>
        </Over>
      );
    }
  }
}

/** Failures that are not of the address itself. */
const READER_HELPS: ReadonlySet<FailureKind> = new Set(["site", "limit", "qui"]);

interface EndText {
  Icon: LucideIcon;
  title: string;
  text: string;
  label: string;
}

const CRASHED: EndText = {
  Icon: ServerCrash,
  title: "This page crashed",
  text: "It used too much memory or met a fault of the browser on Qui’s server. Your other pages and this device are not affected.",
  label: "Reload",
};
const REFUSED: EndText = {
  Icon: CircleSlash,
  title: "The live page was refused",
  text: "Its pass was too old or was used already. Open it again for a new one.",
  label: "Open again",
};

const ENDS: Record<LiveEnd, EndText> = {
  crashed: CRASHED,
  "browser-crashed": {
    ...CRASHED,
    title: "The browser of this page stopped",
    text: "The browser on Qui’s server that ran this page has stopped. Reload opens the page where you were.",
  },
  "picture-lost": {
    ...CRASHED,
    title: "The picture of this page was lost",
    text: "The browser on Qui’s server stopped showing this page. Reload opens it where you were.",
  },
  closed: {
    Icon: CircleSlash,
    title: "The page closed itself",
    text: "Pages may close their own window. Open it again, or go on with something else.",
    label: "Open again",
  },
  "time-spent": {
    Icon: Hourglass,
    title: "That was all for today",
    text: "Your time with live pages is used up for today. It begins anew at midnight UTC; the reader goes on working.",
    label: "Try again",
  },
  "too-many-tabs": {
    Icon: CircleSlash,
    title: "Too many live pages at once",
    text: "All the live pages you may have are in sight. Close one of them, or switch it to the reader, then try again.",
    label: "Try again",
  },
  "node-full": {
    Icon: Hourglass,
    title: "All places are taken",
    text: "The server cannot open another live page now. Try again in a moment.",
    label: "Try again",
  },
  "node-stopping": {
    Icon: RotateCcw,
    title: "The server is restarting",
    text: "The page opens again as soon as the server is back.",
    label: "Try now",
  },
  "ticket-refused": REFUSED,
  gone: REFUSED,
  idle: {
    Icon: Moon,
    title: "This page was put to sleep",
    text: "It was out of sight and made room for other pages. It opens again where you were.",
    label: "Wake it",
  },
};

/** Stands in place of the page; whoever pressed something in it has the page's keys when it is gone. */
function Over({ tab, children }: { tab: LiveTab; children: ReactNode }) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const over = root.current;
    return () => {
      if (over?.contains(document.activeElement)) getViewHandle(tab.panelId)?.focus();
    };
  }, [tab]);
  return (
    <div ref={root} className="qui-live-over">
      {children}
    </div>
  );
}

/** Most pages are there sooner; after this the wait is long enough to want a way out of it. */
const LONG_MS = 3_000;

function Opening({ name, panelId }: { name: string; panelId: string }) {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="qui-live-over grid place-items-center">
      <div className="qui-live-opening">
        <p role="status" className="flex items-center gap-3 text-sm text-muted">
          <Spinner className="size-4 shrink-0" />
          <span className="[overflow-wrap:anywhere]">Opening {name} live…</span>
        </p>
        {isLong && <ReaderButton panelId={panelId} />}
      </div>
    </div>
  );
}

interface StateProps {
  Icon: LucideIcon;
  title: string;
  url: string;
  children: ReactNode;
  /** First is the most likely to help. */
  actions: ReactNode;
}

function State({ Icon, title, url, children, actions }: StateProps) {
  return (
    <div className="qui-state" role="status">
      <Icon aria-hidden="true" size={36} strokeWidth={1.5} />
      <h1>{title}</h1>
      <p className="qui-state-url">
        <bdi>{displayUrl(url)}</bdi>
      </p>
      <p>{children}</p>
      <div className="qui-state-steps">{actions}</div>
    </div>
  );
}

function Action({ label, run }: { label: string; run: () => void }) {
  return (
    <button type="button" className="qui-button" onClick={run}>
      {label}
    </button>
  );
}

function ReaderButton({ panelId }: { panelId: string }) {
  return <Action label="Read it in the reader" run={() => runCommand("page.engine.reader", { panelId })} />;
}

interface WordProps {
  busy?: boolean;
  action?: { label: string; run: () => void };
  children: ReactNode;
}

/** A quiet line over a picture that stays in sight. */
function Word({ busy = false, action, children }: WordProps) {
  return (
    <div className="qui-live-word" role="status">
      {busy && <Spinner className="size-4 shrink-0" />}
      <span>{children}</span>
      {action && (
        <button type="button" onClick={action.run}>
          {action.label}
        </button>
      )}
    </div>
  );
}

function Said({ children }: { children: ReactNode }) {
  return (
    <p className="sr-only" role="status">
      {children}
    </p>
  );
}
