import { randomUUID } from "node:crypto";

/**
 * The name of the events by which the script in a page's own world and the one beside it
 * speak. No page can guess or list it, so none can tell that they do.
 */
export const CHANNEL = `q${randomUUID()}`;
