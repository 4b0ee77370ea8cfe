/** So much waits in a socket for a moment even on a fast line. */
const CLEAR_BYTES = 16_384;
/** Sound that would leave later than this is not worth hearing beside its picture. */
const LATE_MS = 150;
const BYTES_MAX = 512 * 1024;

export interface SoundGate {
  maySend(socket: { backlogBytes: number; nowMs: number }): boolean;
}

/**
 * Whether a packet of sound would still be in time. Once the socket has not been clear for
 * a while, packets are left out until it is: sound that is late is worth nothing, and must
 * make nothing else later.
 */
export function createSoundGate(): SoundGate {
  let blockedSinceMs: number | null = null;
  return {
    maySend({ backlogBytes, nowMs }) {
      if (backlogBytes <= CLEAR_BYTES) {
        blockedSinceMs = null;
        return true;
      }
      blockedSinceMs ??= nowMs;
      return backlogBytes < BYTES_MAX && nowMs - blockedSinceMs < LATE_MS;
    },
  };
}
