import { z } from "zod";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { makeOfPage } from "#lib/client/live/make-pdf.ts";

const answerSchema = z.object({ upload: z.string().min(1).max(64) });
const TRANSFER_MS = 15 * 60_000;

export interface UploadOptions {
  /** From 0 to 1. */
  onProgress(share: number): void;
  signal: AbortSignal;
}

class UploadRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`The upload answered with status ${status}.`);
    this.status = status;
  }
}

/** What a person is told of an upload that failed. Nothing of it stays on the node. */
export function whyNotSent(error: unknown, name: string): string {
  const status = error instanceof UploadRefused ? error.status : 0;
  if (status === 507)
    return `The server has no room left for ${name} just now. Try again later, or send less.`;
  if (status === 413) return `${name} is larger than this server takes.`;
  return `${name} did not get through. Try again.`;
}

/**
 * Sends one file to the node and answers the name it has there.
 * @throws Error when it could not be sent; with the signal's own end when it was cancelled.
 */
export async function uploadFile(
  tab: LiveTab,
  file: File,
  { onProgress, signal }: UploadOptions,
): Promise<string> {
  const made = await makeOfPage(tab, "upload");
  signal.throwIfAborted();
  if (made?.kind !== "file") throw new Error("The node takes no upload.");
  const url = `${tab.fileUrl(made.path)}?name=${encodeURIComponent(file.name)}`;
  return new Promise((resolve, reject) => {
    // fetch tells nothing of what has been sent.
    const request = new XMLHttpRequest();
    const cancel = () => request.abort();
    signal.addEventListener("abort", cancel, { once: true });
    request.open("POST", url);
    request.timeout = TRANSFER_MS;
    request.setRequestHeader("content-type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = answerSchema.safeParse(request.response);
      if (request.status === 201 && answer.success) resolve(answer.data.upload);
      else reject(new UploadRefused(request.status));
    };
    request.onerror = () => reject(new Error("The upload broke off."));
    request.ontimeout = request.onerror;
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener("abort", cancel);
    request.send(file);
  });
}
