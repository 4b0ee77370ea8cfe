/**
 * Whether a `Host` header names this machine itself. A request over loopback with
 * any other name comes through a local proxy, or from a page whose name was
 * rebound to 127.0.0.1.
 */
export function isLoopbackHost(host: string | null | undefined): boolean {
  if (!host) return false;
  const name = host.toLowerCase().replace(/:\d{1,5}$/, "");
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    name === "[::1]" ||
    /^127(?:\.\d{1,3}){3}$/.test(name)
  );
}
