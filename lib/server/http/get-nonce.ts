import "server-only";
import { headers } from "next/headers";

/** The nonce of the document being rendered; every inline script and style element must carry it. */
export async function getNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}
