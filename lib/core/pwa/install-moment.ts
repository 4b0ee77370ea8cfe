export interface InstallSigns {
  /** The browser can install Qui now, or the person can by hand. */
  installable: boolean;
  /** Different addresses read on this device. */
  pagesRead: number;
  savedPages: number;
  /** When it was offered last, epoch milliseconds, or null. */
  offeredAt: number | null;
}

const READ_MIN = 8;
const PAUSE_MS = 90 * 86_400_000;

/**
 * Whether now is a moment to mention that Qui can be installed: only to someone for
 * whom it has been of use, by a page saved or several read, and then not for
 * another three months.
 */
export function isInstallMoment(signs: InstallSigns, now: number): boolean {
  if (!signs.installable) return false;
  if (signs.offeredAt !== null && now - signs.offeredAt < PAUSE_MS) return false;
  return signs.savedPages > 0 || signs.pagesRead >= READ_MIN;
}
