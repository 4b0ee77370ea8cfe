import type { LivePageState } from "#lib/protocol/live-server-message.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const NONE: LivePageState["security"] = { state: "none", issuer: "", subject: "", validTo: "", protocol: "" };
const TEXT_MAX = 200;

/** How safely the page came: by its main document's connection and certificate, and what it mixed in since. */
export async function tellSecurity({ cdp, emit }: TabHost): Promise<TabPart> {
  let security = NONE;
  const tell = (next: LivePageState["security"]) => {
    security = next;
    emit({ type: "state", state: { security } });
  };
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const mainFrameId = frameTree.frame.id;

  cdp.on("Network.responseReceived", ({ type, frameId, response }) => {
    if (type !== "Document" || frameId !== mainFrameId) return;
    const { securityState, securityDetails: details } = response;
    tell({
      state:
        securityState === "secure"
          ? "secure"
          : securityState === "insecure-broken"
            ? "broken"
            : securityState === "unknown"
              ? "none"
              : "insecure",
      issuer: details?.issuer.slice(0, TEXT_MAX) ?? "",
      subject: details?.subjectName.slice(0, TEXT_MAX) ?? "",
      validTo: details ? new Date(details.validTo * 1000).toISOString() : "",
      protocol: details?.protocol.slice(0, TEXT_MAX) ?? "",
    });
  });
  cdp.on("Network.requestWillBeSent", ({ request }) => {
    if (security.state === "secure" && request.mixedContentType === "blockable")
      tell({ ...security, state: "broken" });
  });
  await cdp.send("Network.enable", { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
  return {};
}
