import { getQuestions, type Question } from "#services/live/features/questions.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld, type WorldFrame } from "#services/live/world/page-world.ts";

/** Lists, dates, times and colours: asked of the person, since no picture shows Chromium's own pickers. */
export async function askChoices(host: TabHost): Promise<TabPart> {
  const world = await getPageWorld(host);
  const questions = getQuestions(host);
  /** By the world's own number and the frame that gave it. */
  const open = new Map<string, AbortController>();
  const keyOf = (frame: WorldFrame, id: number) => `${frame.frameId} ${frame.contextId} ${id}`;

  async function ask(frame: WorldFrame, id: number, question: Extract<Question, { rect: unknown }>) {
    const key = keyOf(frame, id);
    const withdrawal = new AbortController();
    open.set(key, withdrawal);
    const corner = await world.cornerOf(frame).catch(() => ({ x: 0, y: 0 }));
    const { x, y, ...size } = question.rect;
    const placed = { ...question, rect: { x: x + corner.x, y: y + corner.y, ...size } };
    const answer = await questions.ask(placed, { signal: withdrawal.signal });
    open.delete(key);
    const call =
      answer?.kind === "options"
        ? { name: "pickOptions", args: [id, answer.indices] }
        : answer?.kind === "value"
          ? { name: "pickValue", args: [id, answer.value] }
          : { name: "dismissChoice", args: [id] };
    await world.call(frame, call);
  }

  world.listen((report, frame) => {
    if (report.kind === "closed") {
      open.get(keyOf(frame, report.id))?.abort();
      return;
    }
    if (report.kind !== "select" && report.kind !== "picker") return;
    const { id, ...question } = report;
    ask(frame, id, question).catch(() => {
      // The page went on without an answer.
    });
  });

  const withdrawAll = () => {
    for (const withdrawal of open.values()) withdrawal.abort();
  };
  host.cdp.on("Page.frameNavigated", ({ frame }) => frame.parentId === undefined && withdrawAll());
  return {};
}
