import { Globe, HatGlasses, Search } from "lucide-react";
import { type ReactNode, useState } from "react";
import { cx } from "#components/ui/class-names.ts";

interface SiteIconProps {
  /** Path on our own origin. */
  icon: string | null;
  /** Says what stands in when there is no icon. */
  url: string;
  private?: boolean;
  className?: string;
  /** In place of the globe. */
  fallback?: ReactNode;
}

/** A site's icon, or a quiet stand-in. Decoration: the name stands beside it. */
export function SiteIcon({ icon, url, private: isPrivate, className, fallback }: SiteIconProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const classes = cx("size-4 shrink-0", className);
  if (isPrivate) return <HatGlasses aria-hidden className={classes} />;
  if (url.startsWith("?")) return <Search aria-hidden className={cx(classes, "text-muted")} />;
  if (icon === null || icon === broken) {
    return fallback ?? <Globe aria-hidden className={cx(classes, "text-faint")} />;
  }
  return (
    // biome-ignore lint/performance/noImgElement: already sized and cached by our own media route
    <img
      src={icon}
      alt=""
      width={16}
      height={16}
      decoding="async"
      draggable={false}
      className={cx(classes, "rounded-[3px] object-contain")}
      onError={() => setBroken(icon)}
    />
  );
}
