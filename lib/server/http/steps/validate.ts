import "server-only";
import type { z } from "zod";
import { AppError } from "#lib/core/errors/app-error.ts";

const BODY_BYTES_MAX = 64 * 1024;
const MESSAGE_LENGTH_MAX = 300;

/** @throws AppError `bad_request` naming the first field that is wrong, never its value. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".");
  const message = field ? `${field}: ${issue?.message}` : (issue?.message ?? "");
  throw new AppError("bad_request", {
    userMessage: `That request was not understood. ${message}`.slice(0, MESSAGE_LENGTH_MAX),
  });
}

/** A key that appears more than once becomes an array, which a schema for one value then rejects. */
export function queryObject(searchParams: URLSearchParams): Record<string, string | string[]> {
  const entries = new Map<string, string | string[]>();
  for (const [key, value] of searchParams) {
    const before = entries.get(key);
    entries.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(entries);
}

/**
 * The JSON body, checked. Reading stops at the limit whatever `Content-Length` claims.
 * @throws AppError `unsupported_body`, `body_too_large` or `bad_request`.
 */
export async function readBody<S extends z.ZodType>(
  request: Request,
  schema: S,
  bytesMax = BODY_BYTES_MAX,
): Promise<z.output<S>> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new AppError("unsupported_body");
  const text = await readText(request, bytesMax);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("bad_request", { userMessage: "That request's body is not valid JSON.", cause });
  }
  return parseInput(schema, json);
}

async function readText(request: Request, bytesMax: number): Promise<string> {
  if (Number(request.headers.get("content-length") ?? 0) > bytesMax) throw new AppError("body_too_large");
  if (!request.body) return "";
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of request.body) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new AppError("body_too_large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
