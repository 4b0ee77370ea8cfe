/**
 * The `button` of a pointer event that takes hold of a panel as a whole: the squeeze
 * of a controller, a closing fist. Beyond those of mouse and pen (UI Events, Pointer
 * Events: 0 to 5), so that nothing else means it.
 */
export const GRAB_BUTTON = 6;
