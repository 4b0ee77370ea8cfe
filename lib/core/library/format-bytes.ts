const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** A size as systems show it: decimal units, at most one decimal place. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const digits = unit === 0 || value >= 9.95 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit === 0 && value === 1 ? "byte" : UNITS[unit]}`;
}

/** How much of something has arrived: "1.2 MB of 3 MB", or only what is there while nobody knows the rest (0). */
export function formatArrived({ receivedBytes, totalBytes }: { receivedBytes: number; totalBytes: number }) {
  const received = formatBytes(receivedBytes);
  return totalBytes > 0 ? `${received} of ${formatBytes(totalBytes)}` : received;
}
