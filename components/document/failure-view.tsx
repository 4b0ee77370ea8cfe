"use client";

import {
  Compass,
  FileX2,
  Hourglass,
  type LucideIcon,
  SearchX,
  ServerCrash,
  ShieldAlert,
  Unplug,
} from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { LeaveLink } from "#components/document/page-notices.tsx";
import { adviseOnFailure, type FailureKind } from "#lib/core/reading/failure-advice.ts";
import { displayUrl } from "#lib/core/reading/link-target.ts";
import type { PageAction, PageViewState } from "#lib/core/reading/page-view-state.ts";

/** Without a connection it may be out of reach itself: then the page above is all there is. */
const OfflineSaved = lazy(() =>
  import("#components/library/offline-saved.tsx").then(
    (module) => ({ default: module.OfflineSaved }),
    () => ({ default: () => null }),
  ),
);

const ICONS = {
  address: Compass,
  site: Unplug,
  security: ShieldAlert,
  size: FileX2,
  search: SearchX,
  limit: Hourglass,
  qui: ServerCrash,
} as const satisfies Record<FailureKind, LucideIcon>;

/** What happened, what is safe, and the next step. */
export function FailureView({
  state,
  onRetry,
  onAction,
  way,
}: {
  state: Extract<PageViewState, { status: "failed" }>;
  onRetry: () => void;
  onAction: (action: PageAction) => void;
  /** Another way to the page: the main step where trying again would not help. */
  way?: ReactNode;
}) {
  const { url, error } = state;
  const advice = adviseOnFailure(error.code, url);
  const Icon = ICONS[advice.kind];
  const canRetry = advice.steps.some(({ does }) => does === "retry");
  const leaves = advice.steps.some(({ does }) => does === "leave");
  return (
    <div className="qui-state">
      <Icon aria-hidden="true" size={36} strokeWidth={1.5} />
      <h1>{advice.title}</h1>
      <p className="qui-state-url">
        <bdi>{displayUrl(url)}</bdi>
      </p>
      <p>{error.message}</p>
      {advice.reassurance && <p className="qui-note">{advice.reassurance}</p>}
      <div className="qui-state-steps">
        {!canRetry && way}
        {advice.steps.map((step) =>
          step.does === "leave" ? (
            <LeaveLink key={step.label} href={step.href}>
              {step.label}
            </LeaveLink>
          ) : (
            <button
              key={step.label}
              type="button"
              className="qui-button"
              onClick={step.does === "retry" ? onRetry : () => onAction(step.action)}
            >
              {step.label}
            </button>
          ),
        )}
        {canRetry && way}
      </div>
      {leaves && <p className="qui-note">Outside Qui the site sees your device and its trackers run.</p>}
      {error.requestId && (
        <p className="qui-request-id">
          Request <code>{error.requestId}</code>
        </p>
      )}
    </div>
  );
}

export function OfflineView({
  state,
  onRetry,
  onAction,
}: {
  state: Extract<PageViewState, { status: "offline" }>;
  onRetry: () => void;
  onAction: (action: PageAction) => void;
}) {
  return (
    <div className="qui-state">
      <Unplug aria-hidden="true" size={36} strokeWidth={1.5} />
      <h1>You are offline</h1>
      <p className="qui-state-url">
        <bdi>{displayUrl(state.url)}</bdi>
      </p>
      <p>
        {state.savedCopy
          ? "This page is saved on this device. You can read that copy now."
          : "This page is not saved on this device. It opens as soon as you are connected again; pages you saved still open."}
      </p>
      <div className="qui-state-steps">
        {state.savedCopy && (
          <button
            type="button"
            className="qui-button"
            onClick={() => onAction({ type: "open-saved-copy", url: state.url })}
          >
            Read the saved copy
          </button>
        )}
        <button type="button" className="qui-button" onClick={onRetry}>
          Try again
        </button>
      </div>
      <Suspense>
        <OfflineSaved />
      </Suspense>
    </div>
  );
}
