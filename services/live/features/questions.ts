import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

export type Question = Extract<LiveServerMessage, { type: "ask" }>["question"];
export type Answer = NonNullable<Extract<LiveClientMessage, { type: "answer" }>["answer"]>;

/** A page may ask much; a person is asked this much at once. */
const OPEN_MAX = 4;

export interface Questions {
  /** Null: dismissed, withdrawn, or one too many. */
  ask(question: Question, options?: { signal?: AbortSignal }): Promise<Answer | null>;
  part: TabPart;
}

const byHost = new WeakMap<TabHost, Questions>();

/** What the tab's page has asked and nobody has answered yet. */
export function getQuestions(host: TabHost): Questions {
  let questions = byHost.get(host);
  if (!questions) {
    questions = createQuestions(host);
    byHost.set(host, questions);
  }
  return questions;
}

/** Takes the answers in. */
export function takeAnswers(host: TabHost): TabPart {
  return getQuestions(host).part;
}

function createQuestions({ emit }: TabHost): Questions {
  const open = new Map<number, (answer: Answer | null) => void>();
  let nextId = 1;

  return {
    ask(question, { signal } = {}) {
      if (open.size >= OPEN_MAX || signal?.aborted) return Promise.resolve(null);
      const id = nextId++;
      return new Promise((resolve) => {
        const withdraw = () => {
          if (!open.has(id)) return;
          emit({ type: "asked", id });
          settle(null);
        };
        const settle = (answer: Answer | null) => {
          open.delete(id);
          signal?.removeEventListener("abort", withdraw);
          resolve(answer);
        };
        open.set(id, settle);
        signal?.addEventListener("abort", withdraw);
        emit({ type: "ask", id, question });
      });
    },
    part: {
      handle(message) {
        if (message.type === "answer") open.get(message.id)?.(message.answer);
      },
      dispose() {
        for (const settle of [...open.values()]) settle(null);
      },
    },
  };
}
