import { fetchResource } from "#services/live/features/fetch-resource.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

/** As base64 in a data: address it stays below 64 KiB. */
const BYTES_MAX = 48_000;

/** The site's icon, as an address that asks nobody: the visitor's device fetches nothing from the site. */
export async function showIcon(host: TabHost): Promise<TabPart> {
  const world = await getPageWorld(host);
  let wanted = "";

  const tell = (icon: string) => host.emit({ type: "state", state: { icon } });
  world.listen((report, frame) => {
    if (report.kind !== "icon" || !frame.isMain || report.href === wanted) return;
    const { href } = report;
    wanted = href;
    fetchResource(host.cdp, href, BYTES_MAX)
      .then(({ bytes, mimeType }) => {
        const type = mimeType.startsWith("image/") ? mimeType : imageTypeOf(bytes);
        if (wanted === href) tell(type ? `data:${type};base64,${bytes.toString("base64")}` : "");
      })
      .catch(() => {
        if (wanted === href) tell("");
      });
  });
  return {};
}

/** Servers call icons many things. */
function imageTypeOf(bytes: Buffer): string | null {
  if (bytes.subarray(0, 4).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47]))) return "image/png";
  if (bytes.subarray(0, 4).equals(Buffer.from([0, 0, 1, 0]))) return "image/x-icon";
  if (bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]))) return "image/jpeg";
  if (bytes.subarray(0, 4).toString("latin1") === "GIF8") return "image/gif";
  return bytes.subarray(0, 256).toString("utf8").includes("<svg") ? "image/svg+xml" : null;
}
