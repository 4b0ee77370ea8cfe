import { Ray } from "#components/room/input/ray.tsx";

/** A pinch whose ray starts between the eyes for as long as it lasts, as on visionOS: the system shows where. */
export function TransientPointer() {
  return <Ray look="cursor" />;
}

/** A ray from the head, as devices with nothing but one button have it. */
export function Gaze() {
  return <Ray look="cursor" />;
}

/** A finger on the screen of a phone that is held up for passthrough. */
export function ScreenInput() {
  return <Ray look="none" />;
}
