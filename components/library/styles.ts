/** Controls that look alike throughout the library. */
export const FIELD =
  "min-h-10 w-full rounded-control border border-line bg-raised px-3 text-sm text-ink placeholder:text-muted pointer-coarse:min-h-11";
export const PRIMARY =
  "inline-flex min-h-10 items-center justify-center gap-2 rounded-control bg-accent px-4 text-sm font-medium text-on-accent pointer-coarse:min-h-11 disabled:opacity-60";
const PLAIN =
  "inline-flex min-h-10 shrink-0 items-center justify-center gap-2 rounded-control px-3 text-sm font-medium whitespace-nowrap hover:bg-hover pointer-coarse:min-h-11 disabled:text-faint disabled:pointer-events-none";
export const QUIET = `${PLAIN} text-ink`;
export const OUTLINED = `${QUIET} border border-line bg-raised`;
export const DANGER = `${PLAIN} border border-line bg-raised text-bad`;
