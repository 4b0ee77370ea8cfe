import type { MetadataRoute } from "next";

const icon = (name: string, size: number, purpose: "any" | "maskable" | "monochrome") => ({
  src: `/icons/${name}-${size}.png`,
  sizes: `${size}x${size}`,
  type: "image/png",
  purpose,
});

const shortcut = (name: string, wish: string) => ({
  name,
  url: `/space?do=${wish}`,
  icons: [icon(`shortcut-${wish}`, 96, "any")],
});

const screenshot = (name: string, sizes: string, form_factor: "wide" | "narrow", label: string) => ({
  src: `/icons/${name}.webp`,
  sizes,
  type: "image/webp",
  form_factor,
  label,
});

export default function manifest(): MetadataRoute.Manifest {
  return {
    id: "/",
    name: "Qui",
    short_name: "Qui",
    description: "A web browser that you open as a web page.",
    lang: "en",
    dir: "ltr",
    start_url: "/space",
    scope: "/",
    display: "standalone",
    display_override: ["standalone", "minimal-ui"],
    orientation: "any",
    background_color: "#f1f0ed",
    theme_color: "#f1f0ed",
    categories: ["productivity", "utilities", "news"],
    launch_handler: { client_mode: ["focus-existing", "auto"] },
    icons: [
      icon("icon", 192, "any"),
      icon("icon", 512, "any"),
      icon("maskable", 192, "maskable"),
      icon("maskable", 512, "maskable"),
      icon("monochrome", 512, "monochrome"),
    ],
    screenshots: [
      screenshot("screenshot-desktop", "1280x800", "wide", "Two pages side by side"),
      screenshot("screenshot-phone", "780x1688", "narrow", "A page on a phone"),
    ],
    shortcuts: [
      shortcut("New tab", "new-tab"),
      shortcut("Reading list", "reading-list"),
      shortcut("History", "history"),
      shortcut("The room", "room"),
    ],
    share_target: {
      action: "/space",
      method: "GET",
      enctype: "application/x-www-form-urlencoded",
      params: { title: "title", text: "text", url: "url" },
    },
    protocol_handlers: [{ protocol: "web+qui", url: "/space?url=%s" }],
  };
}
