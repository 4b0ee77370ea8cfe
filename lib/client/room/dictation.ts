import {
  getRecognition,
  hearsLocally,
  type Recognition,
  type RecognitionResults,
} from "#lib/client/room/speech-recognition.ts";
import { applyTextEdit, textEntryStore } from "#lib/client/room/text-entry.ts";
import { announce, showToast } from "#lib/client/store/ui-store.ts";

const FAULTS: Readonly<Record<string, string>> = {
  "not-allowed": "The microphone is not allowed for this site. Typing works as before.",
  "service-not-allowed": "This browser does not allow dictation. Typing works as before.",
  "audio-capture": "No microphone was found.",
  network: "The browser's speech service could not be reached.",
  "language-not-supported": "The browser does not understand this language.",
};
const REMOTE = "Dictation is the browser's own: it may send your voice to the browser's maker.";

let recognition: Recognition | null = null;
/** Grows with each start: what an older one still hears is not written. */
let turn = 0;
let hasSaidWhere = false;

/** Whether this browser recognises speech at all. */
export function isDictationOffered(): boolean {
  return getRecognition() !== null;
}

export function toggleDictation(): void {
  if (textEntryStore.getState().dictation === "listening") stopDictation();
  else void startDictation();
}

/** Ends listening; what was heard so far stays. */
export function stopDictation(): void {
  if (textEntryStore.getState().dictation !== "listening") return;
  turn += 1;
  recognition?.abort();
  recognition = null;
  applyTextEdit({ type: "commit" });
  textEntryStore.setState({ dictation: "idle" });
}

async function startDictation(): Promise<void> {
  const Recogniser = getRecognition();
  if (!Recogniser) return;
  const mine = ++turn;
  const { language } = textEntryStore.getState().keyboard;
  textEntryStore.setState({ dictation: "listening" });
  const isLocal = await hearsLocally(language);
  if (mine !== turn) return;
  if (!isLocal && !hasSaidWhere) {
    hasSaidWhere = true;
    showToast(REMOTE);
  }
  const hearing = new Recogniser();
  hearing.lang = speechLanguage(language);
  hearing.continuous = true;
  hearing.interimResults = true;
  if (isLocal) hearing.processLocally = true;
  hearing.onresult = (event) => {
    if (mine === turn) write(event);
  };
  hearing.onerror = ({ error }) => {
    if (mine === turn && FAULTS[error]) showToast(FAULTS[error]);
  };
  hearing.onend = () => {
    if (mine === turn) stopDictation();
  };
  recognition = hearing;
  try {
    hearing.start();
    announce("Listening");
  } catch {
    // Another page is listening already, or the browser refuses at once.
    stopDictation();
    showToast("Dictation could not start.");
  }
}

/** What is sure is settled, the rest stands underlined until it is. */
function write({ resultIndex, results }: RecognitionResults): void {
  let unsettled = "";
  for (let index = resultIndex; index < results.length; index += 1) {
    const result = results[index];
    const said = result?.[0]?.transcript ?? "";
    if (result?.isFinal) applyTextEdit({ type: "commit", text: said });
    else unsettled += said;
  }
  if (unsettled !== "") applyTextEdit({ type: "compose", text: unsettled });
}

/** The person's own variety of the keyboard's language, such as pt-BR, where the browser names one. */
function speechLanguage(language: string): string {
  return navigator.languages.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;
}
