"use client";

import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { CredentialsQuestion } from "#components/live/features/credentials-question.tsx";
import { DialogQuestion } from "#components/live/features/dialog-question.tsx";
import { FilesQuestion } from "#components/live/features/files-question.tsx";
import { LiveDownloads } from "#components/live/features/live-downloads.tsx";
import { LiveWindows } from "#components/live/features/live-windows.tsx";
import { PermissionQuestion } from "#components/live/features/permission-question.tsx";
import { PickerQuestion } from "#components/live/features/picker-question.tsx";
import { SelectQuestion } from "#components/live/features/select-question.tsx";
import { bindFeatures } from "#lib/client/live/features/bind-features.ts";
import { startLiveNotices } from "#lib/client/live/features/follow-notices.ts";
import {
  answerLiveQuestion,
  liveQuestionStore,
  type OpenLiveQuestion,
  startLiveQuestions,
} from "#lib/client/live/live-questions.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

/** What a live page shows or wants besides its picture, drawn over it. */
export function LiveFeatures({ tab }: { tab: LiveTab }) {
  const root = useRef<HTMLDivElement>(null);
  const question = useStore(liveQuestionStore, ({ open }) =>
    open.find(({ panelId }) => panelId === tab.panelId),
  );
  useEffect(() => {
    startLiveQuestions();
    startLiveNotices();
    const around = root.current?.parentElement;
    return around ? bindFeatures(tab, around) : undefined;
  }, [tab]);
  return (
    <div ref={root} className="pointer-events-none absolute inset-0 z-10" data-live-features>
      {question && <Question key={question.id} tab={tab} asked={question} />}
      <LiveDownloads tab={tab} />
      <LiveWindows tab={tab} />
    </div>
  );
}

function Question({ tab, asked }: { tab: LiveTab; asked: OpenLiveQuestion }) {
  const { question } = asked;
  const onAnswer = (answer: Parameters<typeof answerLiveQuestion>[1]) => answerLiveQuestion(asked, answer);
  switch (question.kind) {
    case "select":
      return <SelectQuestion tab={tab} question={question} onAnswer={onAnswer} />;
    case "picker":
      return <PickerQuestion tab={tab} question={question} onAnswer={onAnswer} />;
    case "dialog":
      return <DialogQuestion question={question} onAnswer={onAnswer} />;
    case "files":
      return <FilesQuestion tab={tab} question={question} onAnswer={onAnswer} />;
    case "credentials":
      return <CredentialsQuestion question={question} onAnswer={onAnswer} />;
    case "permission":
      return <PermissionQuestion question={question} onAnswer={onAnswer} />;
  }
}
