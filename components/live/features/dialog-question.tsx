import { useState } from "react";
import { CardButton, FIELD, QuestionCard } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";

/** alert, confirm, prompt, and the word before leaving. */
export function DialogQuestion({ question, onAnswer }: QuestionProps<"dialog">) {
  const { dialog, origin, message } = question;
  const [text, setText] = useState(question.value);
  const isLeaving = dialog === "beforeunload";
  const accept = () => onAnswer({ kind: "accept", ...(dialog === "prompt" ? { text } : {}) });
  return (
    <QuestionCard
      title={isLeaving ? "Leave this page?" : `${origin} says`}
      onDismiss={() => onAnswer(dialog === "alert" ? { kind: "accept" } : null)}
      onSubmit={accept}
      actions={
        <>
          {dialog !== "alert" && (
            <CardButton onClick={() => onAnswer(null)}>{isLeaving ? "Stay" : "Cancel"}</CardButton>
          )}
          <CardButton kind="main" type="submit" autoFocusMark={dialog !== "prompt"}>
            {isLeaving ? "Leave" : "OK"}
          </CardButton>
        </>
      }
    >
      <p className="max-h-[40vh] overflow-y-auto whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
        {isLeaving ? `What you changed on ${origin} may not be saved.` : message}
      </p>
      {dialog === "prompt" && (
        <input
          data-autofocus
          aria-label={message || "Answer"}
          className={FIELD}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onFocus={(event) => event.target.select()}
        />
      )}
    </QuestionCard>
  );
}
