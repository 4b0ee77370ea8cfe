import { useEffect, useRef, useState } from "react";
import { CardButton, QuestionCard } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";
import { ProgressBar } from "#components/ui/progress-bar.tsx";
import { sendFiles } from "#lib/client/live/features/send-files.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

const MEGABYTE = 1_000_000;

/** The page wants files: they are chosen here, sent to the node with their progress, and given to the page. */
export function FilesQuestion({ tab, question, onAnswer }: QuestionProps<"files"> & { tab: LiveTab }) {
  const { multiple, accept, bytesMax } = question;
  const input = useRef<HTMLInputElement>(null);
  const cancel = useRef<AbortController | null>(null);
  const [progress, setProgress] = useState<{ name: string; share: number } | null>(null);
  const [problem, setProblem] = useState("");

  useEffect(() => {
    try {
      input.current?.showPicker();
    } catch {
      // Too long after the press in the page; the button is there.
    }
    return () => cancel.current?.abort();
  }, []);

  async function send(files: File[]): Promise<void> {
    const controller = new AbortController();
    cancel.current = controller;
    const sent = await sendFiles(tab, files, {
      wanted: question,
      onProgress: setProgress,
      signal: controller.signal,
    });
    if ("uploads" in sent) {
      onAnswer({ kind: "files", uploads: sent.uploads });
      return;
    }
    setProgress(null);
    if (!controller.signal.aborted) setProblem(sent.problem);
  }

  const dismiss = () => {
    cancel.current?.abort();
    onAnswer(null);
  };
  return (
    <QuestionCard
      title={multiple ? "Files for the page" : "A file for the page"}
      onDismiss={dismiss}
      onSubmit={() => input.current?.click()}
      actions={
        <>
          <CardButton onClick={dismiss}>Cancel</CardButton>
          <CardButton
            kind="main"
            autoFocusMark
            disabled={progress !== null}
            onClick={() => input.current?.click()}
          >
            {multiple ? "Choose files…" : "Choose a file…"}
          </CardButton>
        </>
      }
    >
      <input
        ref={input}
        type="file"
        aria-label={multiple ? "Files to send" : "File to send"}
        className="sr-only"
        multiple={multiple}
        accept={accept || undefined}
        onChange={({ target }) => {
          const files = [...(target.files ?? [])];
          target.value = "";
          setProblem("");
          if (files.length > 0) void send(files);
        }}
      />
      <p className="text-sm text-muted">
        What you choose is sent to the server that shows this page, at most {Math.floor(bytesMax / MEGABYTE)}{" "}
        MB a file, and is deleted with the tab.
      </p>
      {progress && (
        <div className="flex flex-col gap-1 text-sm">
          <span className="[overflow-wrap:anywhere]">{progress.name}</span>
          <ProgressBar label={`Sending ${progress.name}`} share={progress.share} />
        </div>
      )}
      {problem && (
        <p role="alert" className="text-sm text-bad">
          {problem}
        </p>
      )}
    </QuestionCard>
  );
}
