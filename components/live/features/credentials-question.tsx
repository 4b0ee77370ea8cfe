import { useState } from "react";
import { CardButton, FIELD, QuestionCard } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";

/** A site's own sign-in. What is typed goes to the node that shows the page, and from there to the site alone. */
export function CredentialsQuestion({ question, onAnswer }: QuestionProps<"credentials">) {
  const { origin, realm, wrong } = question;
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  return (
    <QuestionCard
      title={`Sign in to ${origin}`}
      onDismiss={() => onAnswer(null)}
      onSubmit={() => onAnswer({ kind: "credentials", username, password })}
      actions={
        <>
          <CardButton onClick={() => onAnswer(null)}>Cancel</CardButton>
          <CardButton kind="main" type="submit">
            Sign in
          </CardButton>
        </>
      }
    >
      {realm && <p className="text-sm text-muted [overflow-wrap:anywhere]">The site says: “{realm}”</p>}
      {wrong && (
        <p role="alert" className="text-sm text-bad">
          That name and password were not accepted.
        </p>
      )}
      {origin.startsWith("http:") && (
        <p className="text-sm text-warn">The connection to this site is not encrypted.</p>
      )}
      <label className="flex flex-col gap-1 text-sm">
        Name
        <input
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          className={FIELD}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
        />
      </label>
      <label className="flex flex-col gap-1 text-sm">
        Password
        <input
          type="password"
          autoComplete="off"
          className={FIELD}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
    </QuestionCard>
  );
}
