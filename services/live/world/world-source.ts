import { CHANNEL } from "#services/live/world/channel.ts";
import { carryClipboard } from "#services/live/world/scripts/carry-clipboard.ts";
import { findText } from "#services/live/world/scripts/find-text.ts";
import { hearPage } from "#services/live/world/scripts/hear-page.ts";
import { inspectPage } from "#services/live/world/scripts/inspect-page.ts";
import { keepForm } from "#services/live/world/scripts/keep-form.ts";
import { watchChoices } from "#services/live/world/scripts/watch-choices.ts";
import { watchCursor } from "#services/live/world/scripts/watch-cursor.ts";
import { watchField } from "#services/live/world/scripts/watch-field.ts";
import { watchPage } from "#services/live/world/scripts/watch-page.ts";
import { writeDocument } from "#services/live/world/scripts/write-document.ts";

/**
 * Each script is a function that uses nothing from its own module, as it travels as text.
 * An isolated world shares the page's elements and events, but no object and no name.
 */
const SCRIPTS = [
  carryClipboard,
  keepForm,
  watchChoices,
  watchCursor,
  watchField,
  watchPage,
  findText,
  inspectPage,
  writeDocument,
  hearPage,
];

export const WORLD_SOURCE = `(() => {
  if (globalThis.qui || !document) return;
  const calls = new Map();
  const send = globalThis.quiReport;
  const qui = {
    channel: ${JSON.stringify(CHANNEL)},
    report: (report) => send(JSON.stringify(report)),
    offer: (name, call) => calls.set(name, call),
    call: (name, args) => calls.get(name)(...args),
  };
  globalThis.qui = qui;
  ${SCRIPTS.map((script) => `(${script.toString()})(qui);`).join("\n  ")}
})()`;
