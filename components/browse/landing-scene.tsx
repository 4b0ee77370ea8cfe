import { cx } from "#components/ui/class-names.ts";

const LINES = [
  "w-full",
  "w-11/12",
  "w-full",
  "w-4/5",
  "w-full",
  "w-10/12",
  "w-full",
  "w-2/3",
  "w-full",
  "w-11/12",
  "w-3/4",
  "w-full",
];

/** Panels around someone who reads: what a space looks like. Decoration. */
export function LandingScene() {
  return (
    <div
      aria-hidden
      className="pointer-events-none relative min-h-32 flex-1 overflow-hidden [mask-image:linear-gradient(black_50%,transparent)] [perspective:1400px] [perspective-origin:50%_30%] max-sm:hidden"
    >
      <div className="absolute inset-x-0 top-10 flex justify-center gap-7 [transform-style:preserve-3d]">
        <ScenePanel className="[transform:translateZ(40px)_rotateY(52deg)] opacity-45" title="w-2/3" />
        <ScenePanel className="[transform:translateZ(-60px)_rotateY(30deg)] opacity-80" title="w-1/2" />
        <ScenePanel className="[transform:translateZ(-100px)]" title="w-3/5" bright />
        <ScenePanel className="[transform:translateZ(-60px)_rotateY(-30deg)] opacity-80" title="w-2/5" />
        <ScenePanel className="[transform:translateZ(40px)_rotateY(-52deg)] opacity-45" title="w-3/4" />
      </div>
    </div>
  );
}

function ScenePanel({ className, title, bright }: { className: string; title: string; bright?: boolean }) {
  return (
    <div
      className={cx(
        "flex h-112 w-84 shrink-0 flex-col gap-4 rounded-panel p-8",
        bright ? "bg-raised shadow-float" : "bg-paper shadow-[0_0_0_1px_var(--line)]",
        className,
      )}
    >
      <span className={cx("mb-2 h-5 rounded-full", title, bright ? "bg-ink/70" : "bg-ink/25")} />
      {LINES.map((width, place) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a fixed drawing
          key={place}
          className={cx("h-1.5 shrink-0 rounded-full", width, bright ? "bg-ink/20" : "bg-ink/10")}
        />
      ))}
    </div>
  );
}
