/** The part of the Web Speech API that dictation uses; TypeScript's library leaves it out. */
export interface Recognition {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  /** On the device alone, where the browser can; newer browsers. */
  processLocally?: boolean;
  onresult: ((event: RecognitionResults) => void) | null;
  onerror: ((event: { readonly error: string }) => void) | null;
  onend: (() => void) | null;
  start(): void;
  stop(): void;
  abort(): void;
}

export interface RecognitionResults {
  readonly resultIndex: number;
  readonly results: ArrayLike<{
    readonly isFinal: boolean;
    readonly [index: number]: { readonly transcript: string };
  }>;
}

interface RecognitionConstructor {
  new (): Recognition;
  available?(options: { langs: string[]; processLocally: boolean }): Promise<string>;
}

export function getRecognition(): RecognitionConstructor | null {
  const scope = globalThis as { SpeechRecognition?: unknown; webkitSpeechRecognition?: unknown };
  const found = scope.SpeechRecognition ?? scope.webkitSpeechRecognition;
  return typeof found === "function" ? (found as RecognitionConstructor) : null;
}

/** Whether the browser can hear this language without sending it anywhere. */
export async function hearsLocally(language: string): Promise<boolean> {
  try {
    const found = await getRecognition()?.available?.({ langs: [language], processLocally: true });
    return found === "available";
  } catch {
    // An older form of the interface: it cannot promise it.
    return false;
  }
}
