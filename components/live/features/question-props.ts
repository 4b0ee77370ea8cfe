import type { answerLiveQuestion, OpenLiveQuestion } from "#lib/client/live/live-questions.ts";

type Questions = OpenLiveQuestion["question"];

/** What each drawing of a question is given. */
export interface QuestionProps<Kind extends Questions["kind"]> {
  question: Extract<Questions, { kind: Kind }>;
  /** Null dismisses it. Called once. */
  onAnswer(answer: Parameters<typeof answerLiveQuestion>[1]): void;
}
