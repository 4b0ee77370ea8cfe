import { CardButton } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";

/** A bar at the top, as in browsers: the page goes on meanwhile, without what it asked for. */
export function PermissionQuestion({ question, onAnswer }: QuestionProps<"permission">) {
  return (
    <div
      role="dialog"
      aria-label={`${question.origin} asks for ${question.permission}`}
      className="pointer-events-auto absolute inset-x-3 top-3 mx-auto flex max-w-xl flex-wrap items-center gap-2 rounded-panel bg-raised p-3 text-sm text-ink shadow-float"
    >
      <span className="min-w-40 flex-1 [overflow-wrap:anywhere]">
        {question.origin} asks for {question.permission}
      </span>
      <CardButton onClick={() => onAnswer(null)}>Block</CardButton>
      <CardButton onClick={() => onAnswer({ kind: "accept" })}>Allow</CardButton>
    </div>
  );
}
