import { expect, it } from "vitest";
import { applyMessage, createLiveState } from "#lib/client/live/live-state.ts";
import type { LiveTabState } from "#lib/client/live/live-tab.ts";

const EMPTY = createLiveState({ width: 800, height: 600, dpr: 1 }, 1);
const SHOWN: LiveTabState = {
  ...EMPTY,
  page: { ...EMPTY.page, url: "https://site.example/", title: "Site", loading: false },
  picture: { width: 800, height: 600 },
  loadFailure: { url: "https://site.example/", error: "ERR_TIMED_OUT" },
};
const opened = { type: "opened", tab: 0, sandboxed: true, resume: "key", resumed: false } as const;

it("a tab opened anew is not taken for the page that stood there before, whose picture its empty one replaces", () => {
  const { picture, page, loadFailure } = applyMessage(SHOWN, opened);
  expect({ picture, page, loadFailure }).toEqual({ picture: null, page: EMPTY.page, loadFailure: null });
});

it("a tab that is taken up again keeps its picture until there is a newer one", () => {
  const { picture, page } = applyMessage(SHOWN, { ...opened, resumed: true });
  expect({ picture, page }).toEqual({ picture: SHOWN.picture, page: SHOWN.page });
});
