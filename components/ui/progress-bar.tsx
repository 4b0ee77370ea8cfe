/** How far something has come, 0 to 1; null while nobody knows how much there will be. Named for who cannot see it. */
export function ProgressBar({ label, share }: { label: string; share: number | null }) {
  return (
    <progress
      aria-label={label}
      {...(share === null ? {} : { value: share })}
      className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-ink/10 indeterminate:animate-pulse indeterminate:bg-accent/50 [&::-moz-progress-bar]:bg-accent indeterminate:[&::-moz-progress-bar]:bg-transparent [&::-webkit-progress-bar]:bg-transparent [&::-webkit-progress-value]:bg-accent"
    />
  );
}
