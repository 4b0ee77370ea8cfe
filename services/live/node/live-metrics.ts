import { counter, gauge, histogram } from "#lib/node/metrics/registry.ts";

export const liveTabs = gauge({
  name: "qui_live_tabs",
  help: "Live tabs: shown to a client, waiting for one to come back, or waiting for a place",
  labelNames: ["state"],
});
export const liveContexts = gauge({ name: "qui_live_contexts", help: "Browser contexts" });
export const liveBrowsers = gauge({ name: "qui_live_browsers", help: "Chromium process trees" });
export const liveConnections = gauge({ name: "qui_live_connections", help: "Open sockets of clients" });
export const liveOpened = counter({
  name: "qui_live_tabs_opened_total",
  help: "Tabs opened, anew or taken up again",
  labelNames: ["how"],
});
export const liveEnds = counter({
  name: "qui_live_tabs_ended_total",
  help: "Why tabs ended",
  labelNames: ["why"],
});
export const liveRefusals = counter({
  name: "qui_live_refusals_total",
  help: "Connections and tabs refused or cut off",
  labelNames: ["why"],
});
export const liveCrashes = counter({
  name: "qui_live_crashes_total",
  help: "Crashes of tabs and browsers",
  labelNames: ["what"],
});
export const liveFrames = counter({ name: "qui_live_frames_total", help: "Picture messages sent" });
export const liveFrameBytes = counter({ name: "qui_live_frame_bytes_total", help: "Bytes of pictures sent" });
export const liveSoundPackets = counter({
  name: "qui_live_sound_packets_total",
  help: "Packets of sound sent",
});
export const liveMessages = counter({
  name: "qui_live_messages_total",
  help: "Messages of clients",
  labelNames: ["outcome"],
});
export const liveInputSeconds = histogram({
  name: "qui_live_input_seconds",
  help: "From handing input to Chromium until it has dealt with it",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
});
