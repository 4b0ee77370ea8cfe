import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { BrowserContext } from "playwright-core";
import { safeFileName } from "#lib/core/live/safe-file-name.ts";
import { getLog } from "#lib/node/log/log.ts";

/** How long a token waits to be used. */
const TOKEN_LIFE_MS = 10 * 60_000;
const TOKENS_MAX = 128;

export interface UploadGrant {
  kind: "upload";
  files: ContextFiles;
  bytesMax: number;
}

export interface DownloadGrant {
  kind: "download";
  path: string;
  name: string;
  mimeType: string;
  /** The file was fetched, or its time ran out, and it is no more. */
  onGone?: () => void;
}

type Grant = (UploadGrant | DownloadGrant) & { expiresAtMs: number };

/** By token, over all contexts: whoever holds one may use it once. */
const grants = new Map<string, Grant>();
const byContext = new WeakMap<BrowserContext, ContextFiles>();

/** The files of one context's tabs, in a folder that is removed with the context. */
export interface ContextFiles {
  /** Made when it is first asked for. */
  folder(): Promise<string>;
  /** Path of a one-time address under which the node takes one file. */
  offerUpload(bytesMax: number): string;
  /** Path of a one-time address under which the node gives one file. */
  offerDownload(file: Omit<DownloadGrant, "kind">): string;
  /** Where an upload of this name is to be written. */
  placeUpload(name: string): Promise<{ id: string; path: string; name: string }>;
  keepUpload(id: string, path: string): void;
  /** Removes what was begun there, its place included. */
  dropUpload(path: string): Promise<void>;
  /** Where uploads lie; those nobody made are left out. */
  pathsOf(uploads: readonly string[]): string[];
}

export function getContextFiles(context: BrowserContext): ContextFiles {
  let files = byContext.get(context);
  if (!files) {
    files = createContextFiles(context);
    byContext.set(context, files);
  }
  return files;
}

/** Takes what a token stands for; it stands for nothing afterwards. */
export function redeemToken<Kind extends Grant["kind"]>(
  token: string,
  kind: Kind,
): Extract<Grant, { kind: Kind }> | null {
  const grant = grants.get(token);
  if (grant?.kind !== kind) return null;
  grants.delete(token);
  return grant.expiresAtMs > Date.now() ? (grant as Extract<Grant, { kind: Kind }>) : null;
}

/** A file nobody fetched in time gives its room back. */
async function dropGrant(token: string): Promise<void> {
  const grant = grants.get(token);
  grants.delete(token);
  if (grant?.kind !== "download") return;
  await rm(grant.path, { force: true });
  grant.onGone?.();
}

function createContextFiles(context: BrowserContext): ContextFiles {
  const tokens = new Set<string>();
  const uploads = new Map<string, string>();
  let folder: Promise<string> | undefined;

  context.once("close", () => {
    for (const token of tokens) grants.delete(token);
    folder
      ?.then((path) => rm(path, { recursive: true, force: true }))
      .catch((error: unknown) => getLog().warn({ err: error }, "a context's files could not be removed"));
  });

  function offer(grant: UploadGrant | DownloadGrant): string {
    for (const token of tokens)
      if ((grants.get(token)?.expiresAtMs ?? 0) <= Date.now() || tokens.size >= TOKENS_MAX) {
        tokens.delete(token);
        void dropGrant(token);
      }
    const token = randomBytes(24).toString("base64url");
    tokens.add(token);
    grants.set(token, { ...grant, expiresAtMs: Date.now() + TOKEN_LIFE_MS });
    return `/files/${token}`;
  }

  const files: ContextFiles = {
    folder() {
      folder ??= mkdtemp(join(tmpdir(), "files-")).catch((error: unknown) => {
        // The disk may have room again when it is next wanted.
        folder = undefined;
        throw error;
      });
      return folder;
    },
    offerUpload: (bytesMax) => offer({ kind: "upload", files, bytesMax }),
    offerDownload: (file) => offer({ kind: "download", ...file }),
    async placeUpload(given) {
      const id = randomBytes(12).toString("base64url");
      const name = safeFileName(given);
      const own = join(await files.folder(), id);
      await mkdir(own);
      return { id, name, path: join(own, name) };
    },
    keepUpload: (id, path) => void uploads.set(id, path),
    dropUpload: (path) => rm(dirname(path), { recursive: true, force: true }),
    pathsOf: (ids) => ids.flatMap((id) => uploads.get(id) ?? []),
  };
  return files;
}
