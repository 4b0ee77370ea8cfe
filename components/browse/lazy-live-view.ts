import { lazy } from "react";

/** What shows a live page: fetched with the first one. */
export const LazyLiveView = lazy(async () => ({
  default: (await import("#components/live/live-view.tsx")).LiveView,
}));
