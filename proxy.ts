import type { NextRequest } from "next/server";
import { guardDocument } from "#lib/server/http/guard-document.ts";

export function proxy(request: NextRequest): Promise<Response> {
  return guardDocument(request);
}

// API routes have the pipeline of their own; build files get their headers from the configuration.
export const config = { matcher: ["/((?!api/|_next/static/|_next/image).*)"] };
