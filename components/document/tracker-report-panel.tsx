"use client";

import "./styles/panels.css";

import { useId } from "react";
import { hostOf } from "#lib/core/reading/link-target.ts";
import { summariseTrackers } from "#lib/core/reading/tracker-summary.ts";
import type { Page, TrackerLevel, TrackerReport } from "#lib/protocol/pages.ts";

const LEVELS: readonly { level: TrackerLevel; label: string; note: string }[] = [
  { level: "strict", label: "Strict", note: "Leaves out every third party that is not needed to read." },
  { level: "standard", label: "Standard", note: "Leaves out known trackers and cleans links." },
  { level: "off", label: "Off", note: "Leaves nothing out. Scripts still do not run in the reader." },
];

export interface TrackerReportPanelProps {
  trackers: TrackerReport;
  page: Page;
  /** The exception this site has, null when it follows the setting for all sites; absent where exceptions are not kept. */
  siteLevel?: TrackerLevel | null;
  /** `site`: from now on for this site only; a null level takes its exception back. */
  onLevelChange: (level: TrackerLevel | null, scope: "site" | "all") => void;
}

/** What a page would have sent elsewhere, by whom it would have been received, and what is done about it. */
export function TrackerReportPanel({ trackers, page, siteLevel, onLevelChange }: TrackerReportPanelProps) {
  const name = useId();
  const host = hostOf(page.document.source.finalUrl);
  const summary = summariseTrackers(trackers);
  const scope = siteLevel == null ? "all" : "site";
  return (
    <div className="qui-panel">
      <h3>{summary.headline}</h3>
      <p className="qui-panel-note">{summary.explanation}</p>
      {summary.categories.map(({ category, count, entities }) => (
        <section key={category} className="qui-tracker-group" aria-label={category}>
          <h4>
            {category} <span>{count}</span>
          </h4>
          <ul>
            {entities.map((entity) => (
              <li key={entity.name}>
                <span>{entity.name}</span>
                <span>{entity.count}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {trackers.strippedParameters > 0 && (
        <p className="qui-panel-note">
          {trackers.strippedParameters === 1
            ? "One tracking code was taken out of a link."
            : `${trackers.strippedParameters} tracking codes were taken out of links.`}
        </p>
      )}
      <fieldset className="qui-levels">
        <legend>{scope === "site" ? `Protection on ${host}` : "Protection on all sites"}</legend>
        {LEVELS.map(({ level, label, note }) => (
          <label key={level}>
            <input
              type="radio"
              name={name}
              checked={(siteLevel ?? trackers.level) === level}
              onChange={() => onLevelChange(level, scope)}
            />
            <span>
              <span className="qui-level-name">{label}</span>
              <span className="qui-panel-note qui-level-note">{note}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {host && siteLevel !== undefined && (
        <label className="qui-toggle">
          <span>Decide for {host} alone</span>
          <input
            type="checkbox"
            role="switch"
            checked={siteLevel !== null}
            aria-checked={siteLevel !== null}
            onChange={(event) => onLevelChange(event.target.checked ? trackers.level : null, "site")}
          />
        </label>
      )}
    </div>
  );
}
