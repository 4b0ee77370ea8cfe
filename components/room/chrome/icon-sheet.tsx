import {
  AppWindow,
  Armchair,
  ArrowLeft,
  ArrowRight,
  Bookmark,
  BookOpen,
  Check,
  ChevronLeft,
  ChevronRight,
  CircleHelp,
  Clock,
  Copy,
  Download,
  Ellipsis,
  FileText,
  FolderDown,
  Globe,
  HatGlasses,
  LayoutGrid,
  Library,
  LogOut,
  type LucideIcon,
  Menu,
  MoveDiagonal,
  PanelsTopLeft,
  Plus,
  RotateCw,
  Search,
  Settings,
  ShieldCheck,
  Spline,
  Sunrise,
  TableOfContents,
  TextSearch,
  Trash2,
  X,
  ZoomIn,
  ZoomOut,
} from "lucide-react";
import { useEffect } from "react";
import { createRoot } from "react-dom/client";
import { type FontInfo, iconChar, makeIconFont } from "#lib/client/xr/chrome/icon-font.ts";
import { ROOM_ICONS, type RoomIcon } from "#lib/core/room-ui/room-page.ts";

const ICONS: Readonly<Record<RoomIcon, LucideIcon>> = {
  back: ArrowLeft,
  forward: ArrowRight,
  reload: RotateCw,
  stop: X,
  tabs: Copy,
  zoomOut: ZoomOut,
  zoomIn: ZoomIn,
  curve: Spline,
  more: Ellipsis,
  close: X,
  menu: Menu,
  add: Plus,
  search: Search,
  panels: PanelsTopLeft,
  layout: LayoutGrid,
  environment: Sunrise,
  settings: Settings,
  spaces: AppWindow,
  library: Library,
  help: CircleHelp,
  leave: LogOut,
  page: FileText,
  globe: Globe,
  check: Check,
  choose: Armchair,
  history: Clock,
  bookmark: Bookmark,
  saved: BookOpen,
  download: FolderDown,
  outline: TableOfContents,
  shield: ShieldCheck,
  find: TextSearch,
  previous: ChevronLeft,
  next: ChevronRight,
  delete: Trash2,
  private: HatGlasses,
  resize: MoveDiagonal,
  flat: Download,
};

let font: Promise<FontInfo> | null = null;

/**
 * The interface's icons as a font, made once from the components that the flat view
 * shows. uikit calls this by itself and knows the font by this function.
 */
export function loadIconFont(): Promise<FontInfo> {
  font ??= new Promise((resolve) => {
    const host = document.createElement("div");
    const root = createRoot(host);
    const finish = () => {
      resolve(makeIconFont([...host.querySelectorAll("svg")]));
      // A root cannot be taken down by one of its own effects.
      queueMicrotask(() => root.unmount());
    };
    root.render(<IconSheet onDrawn={finish} />);
  });
  return font;
}

function IconSheet({ onDrawn }: { onDrawn: () => void }) {
  useEffect(onDrawn, [onDrawn]);
  return ROOM_ICONS.map((name) => {
    const Icon = ICONS[name];
    return <Icon key={name} />;
  });
}

export function charOf(icon: RoomIcon): string {
  return iconChar(ROOM_ICONS.indexOf(icon));
}
