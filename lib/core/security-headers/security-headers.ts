/**
 * Features our own pages may use and nobody else: gamepads and the headset's
 * tracking, which move panels, and the voice of who speaks to the copilot. Features not named here keep the browser's
 * default, which for the harmless ones (full screen, clipboard) is our origin only.
 */
const OWN_FEATURES = ["gamepad", "microphone", "xr-spatial-tracking"] as const;

/** Powers Qui never uses. Only names that browsers know, since unknown ones are reported on every load. */
const OFF_FEATURES = [
  "accelerometer",
  "camera",
  "display-capture",
  "encrypted-media",
  "geolocation",
  "gyroscope",
  "hid",
  "idle-detection",
  "local-fonts",
  "magnetometer",
  "midi",
  "payment",
  "publickey-credentials-create",
  "publickey-credentials-get",
  "serial",
  "storage-access",
  "usb",
  "window-management",
] as const;

/** Two years. Subdomains are left to their owner: Qui may live on an apex with other services under it. */
const HSTS_SECONDS = 2 * 365 * 86_400;

/**
 * The headers of every answer, whatever it is; the content security policy comes
 * besides, by kind of answer. Cross-origin isolation (COEP) is not asked for, as
 * nothing needs shared memory.
 */
export const SECURITY_HEADERS = {
  "Strict-Transport-Security": `max-age=${HSTS_SECONDS}`,
  "X-Content-Type-Options": "nosniff",
  // Not even our own address leaves with a link that is followed out of Qui.
  "Referrer-Policy": "no-referrer",
  "Permissions-Policy": [
    ...OWN_FEATURES.map((feature) => `${feature}=(self)`),
    ...OFF_FEATURES.map((feature) => `${feature}=()`),
  ].join(", "),
  "X-Frame-Options": "DENY",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Permitted-Cross-Domain-Policies": "none",
} as const;

/** `script` files obey a policy of their own; all else the document's. `file` has an extension: an icon, the manifest. */
export type AnswerKind = "document" | "script" | "file";

/** What a path outside `/api` and `/_next` answers with, by its extension. */
export function answerKindOf(path: string): AnswerKind {
  const extension = /\.([a-z0-9]{1,12})$/i.exec(path)?.[1]?.toLowerCase();
  if (extension === undefined || extension === "html") return "document";
  return extension === "js" || extension === "mjs" ? "script" : "file";
}
