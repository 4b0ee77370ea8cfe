/** Next calls this once a process, before it serves its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getEnv } = await import("#lib/node/env.ts");
  const { openDoor } = await import("#lib/server/http/door.ts");
  openDoor({ trustedProxies: getEnv().QUI_TRUSTED_PROXIES });
}
