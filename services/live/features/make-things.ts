import { createWriteStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import type { LiveTabMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";
import { fetchResource } from "#services/live/features/fetch-resource.ts";
import { makeSnapshot } from "#services/live/features/make-snapshot.ts";
import { readStream } from "#services/live/features/read-stream.ts";
import { getContextFiles } from "#services/live/files/context-files.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld, type PageWorld, type WorldFrame } from "#services/live/world/page-world.ts";

type MakeMessage = Extract<LiveTabMessage, { type: "make" }>;
type MadeMessage = Extract<LiveServerMessage, { type: "made" }>;
type Made = MadeMessage["result"];
type Thing = Exclude<MakeMessage["what"], "snapshot">;
interface Point {
  x: number;
  y: number;
}

const TEXT_MAX = 4_000_000;
const RUNNING_MAX = 4;

const contextSchema = z.object({
  frame: z.boolean(),
  linkUrl: z.string().max(8192),
  imageUrl: z.string().max(65_536),
  selection: z.string().max(100_000),
  editable: z.boolean(),
  taken: z.boolean(),
});

/** Things made of a page on wish: a PDF, its source, the reader's document of what it has become. */
export async function makeThings(host: TabHost): Promise<TabPart> {
  const { cdp, emit, context, ticket, page } = host;
  const world = await getPageWorld(host);
  const files = getContextFiles(context);
  let running = 0;

  async function offerFile(
    name: string,
    mimeType: string,
    write: (path: string) => Promise<void>,
  ): Promise<Made> {
    const { path, name: safe } = await files.placeUpload(name);
    try {
      await write(path);
    } catch (error) {
      await files.dropUpload(path);
      throw error;
    }
    return { kind: "file", name: safe, path: files.offerDownload({ path, name: safe, mimeType }) };
  }

  async function makePdf(): Promise<Made> {
    const { stream } = await cdp.send("Page.printToPDF", {
      transferMode: "ReturnAsStream",
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
    });
    if (!stream) return null;
    const { downloadBytesMax } = ticket.rights;
    return offerFile(`${(await page.title()) || "page"}.pdf`, "application/pdf", (path) =>
      pipeline(
        readStream(cdp, stream, downloadBytesMax),
        createWriteStream(path, { flags: "wx", mode: 0o600 }),
      ),
    );
  }

  async function makeSource(): Promise<Made> {
    const { bytes } = await fetchResource(cdp, page.url(), TEXT_MAX);
    return { kind: "text", text: new TextDecoder().decode(bytes) };
  }

  /** What lies under a point, looked up in the frame that it lies in. */
  async function lookAt(
    at: Point,
  ): Promise<{ found: z.infer<typeof contextSchema>; frame: WorldFrame } | null> {
    const main = world.main();
    if (!main) return null;
    const look = async (frame: WorldFrame, { x, y }: Point) =>
      contextSchema.parse(await world.call(frame, { name: "context", args: [x, y] }));
    let found = await look(main, at);
    let frame = main;
    if (!found.frame) return { found, frame };
    for (const { inner, corner } of await cornersOf(world)) {
      const nested = await look(inner, { x: at.x - corner.x, y: at.y - corner.y }).catch(() => null);
      // The deepest one that the point lies in is the one that is no frame's frame.
      if (
        nested &&
        !nested.frame &&
        (nested.linkUrl || nested.imageUrl || nested.editable || nested.selection)
      ) {
        found = nested;
        frame = inner;
      }
    }
    return { found, frame };
  }

  async function makePicture(at: Point): Promise<Made> {
    const looked = await lookAt(at);
    if (!looked?.found.imageUrl) return null;
    const { bytes, mimeType } = await fetchResource(
      looked.frame.session,
      looked.found.imageUrl,
      ticket.rights.downloadBytesMax,
    );
    const last = URL.parse(looked.found.imageUrl)?.pathname.split("/").at(-1) ?? "";
    const name = last.includes(".")
      ? decodeName(last)
      : `picture.${mimeType.split("/")[1]?.split("+")[0] ?? "png"}`;
    return offerFile(name, "application/octet-stream", (path) => writeFile(path, bytes, { mode: 0o600 }));
  }

  async function make({ what, at }: Omit<MakeMessage, "what"> & { what: Thing }): Promise<Made> {
    switch (what) {
      case "upload":
        return { kind: "file", name: "", path: files.offerUpload(ticket.rights.uploadBytesMax) };
      case "pdf":
        return makePdf();
      case "source":
        return makeSource();
      case "selection":
        return {
          kind: "text",
          text: z.string().parse(await world.callFocused({ name: "selection", args: [] })),
        };
      case "picture":
        return at ? makePicture(at) : null;
      case "context": {
        const looked = at ? await lookAt(at) : null;
        if (!looked) return null;
        const { frame: _, ...found } = looked.found;
        return { kind: "context", ...found };
      }
    }
  }

  return {
    handle(message) {
      if (message.type !== "make") return;
      const { id, what } = message;
      if (running >= RUNNING_MAX) {
        emit({ type: "made", id, result: null });
        return;
      }
      running += 1;
      const making: Promise<Pick<MadeMessage, "result" | "why">> =
        what === "snapshot"
          ? makeSnapshot(host, world)
          : make({ ...message, what }).then((result) => ({ result }));
      making
        .catch(() => ({ result: null }))
        .then((made) => {
          running -= 1;
          emit({ type: "made", id, ...made });
        });
    },
  };
}

async function cornersOf(world: PageWorld): Promise<{ inner: WorldFrame; corner: Point }[]> {
  const inner = world.frames().filter(({ isMain }) => !isMain);
  const placed = await Promise.all(
    inner.map(async (frame) => {
      const corner = await world.cornerOf(frame).catch(() => null);
      return corner && { inner: frame, corner };
    }),
  );
  return placed.filter((entry) => entry !== null);
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    // A stray percent sign.
    return name;
  }
}
