import { afterEach, beforeEach, expect, it } from "vitest";
import { isDictationOffered, stopDictation, toggleDictation } from "#lib/client/room/dictation.ts";
import { closeTextEntry, requestTextEntry, textEntryStore } from "#lib/client/room/text-entry.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import { createKeyboardState } from "#lib/core/keyboard/keyboard-state.ts";

/** Stands in for the browser's recogniser: says what the test tells it to. */
class FakeRecognition {
  static last: FakeRecognition | null = null;
  static available = async () => FakeRecognition.answer;
  static answer = "unavailable";
  lang = "";
  processLocally = false;
  onresult: ((event: object) => void) | null = null;
  onerror: ((event: { error: string }) => void) | null = null;
  onend: (() => void) | null = null;
  started = false;
  constructor() {
    FakeRecognition.last = this;
  }
  start() {
    this.started = true;
  }
  abort() {
    this.started = false;
  }
  hear(transcript: string, isFinal: boolean) {
    this.onresult?.({ resultIndex: 0, results: [{ isFinal, 0: { transcript } }] });
  }
}

const scope = globalThis as { SpeechRecognition?: unknown };
const state = () => textEntryStore.getState();

async function listen(): Promise<FakeRecognition> {
  toggleDictation();
  await new Promise((resolve) => setTimeout(resolve));
  return FakeRecognition.last ?? expect.fail("nobody listens");
}

/** Every toast of this file's tests. */
const said: string[] = [];
uiStore.subscribe(({ toasts }, previous) => {
  for (const toast of toasts) if (!previous.toasts.includes(toast)) said.push(toast.text);
});

beforeEach(() => {
  scope.SpeechRecognition = FakeRecognition;
  FakeRecognition.answer = "unavailable";
  uiStore.setState({ toasts: [] });
  textEntryStore.setState({ keyboard: createKeyboardState("de"), dictation: "idle" });
  requestTextEntry({ purpose: "field", label: "Name", text: "Wetter: ", select: "end", onSubmit: () => {} });
});
afterEach(() => {
  stopDictation();
  closeTextEntry();
  delete scope.SpeechRecognition;
});

it("is offered only where the browser recognises speech", () => {
  expect(isDictationOffered()).toBe(true);
  delete scope.SpeechRecognition;
  expect(isDictationOffered()).toBe(false);
});

it("writes what is heard, unsettled until it is sure, in the language of the keyboard", async () => {
  const heard = await listen();
  expect(heard.lang.slice(0, 2)).toBe("de");
  expect(state().dictation).toBe("listening");
  heard.hear("morgen Rege", false);
  expect(state()).toMatchObject({ text: "Wetter: morgen Rege", composition: { start: 8, end: 19 } });
  heard.hear("morgen Regen", true);
  expect(state()).toMatchObject({ text: "Wetter: morgen Regen", composition: null });
});

it("keeps what was heard when it is stopped, and writes nothing after", async () => {
  const heard = await listen();
  heard.hear("halb", false);
  toggleDictation();
  expect(state()).toMatchObject({ text: "Wetter: halb", composition: null, dictation: "idle" });
  expect(heard.started).toBe(false);
  heard.hear("zu spät", true);
  expect(state().text).toBe("Wetter: halb");
});

it("says once that the voice may leave the device, and nothing where it does not", async () => {
  const warnings = () => said.filter((text) => text.includes("may send your voice")).length;
  const before = warnings();
  FakeRecognition.answer = "available";
  expect((await listen()).processLocally).toBe(true);
  expect(warnings()).toBe(before);
  stopDictation();
  FakeRecognition.answer = "unavailable";
  for (let time = 0; time < 2; time += 1) {
    expect((await listen()).processLocally).toBe(false);
    stopDictation();
  }
  expect(warnings()).toBe(1);
});

it("says why it ended when the microphone is refused", async () => {
  const heard = await listen();
  heard.onerror?.({ error: "not-allowed" });
  heard.onend?.();
  expect(state().dictation).toBe("idle");
  expect(uiStore.getState().toasts.at(-1)?.text).toContain("microphone is not allowed");
});
