import type { IncomingMessage, ServerResponse } from "node:http";

/** Something the node answers over plain HTTP. Who may ask is for each to check. */
export interface LiveRoute {
  matches(pathname: string): boolean;
  /** A rejection becomes a 500 without a word. */
  answer(request: IncomingMessage, response: ServerResponse, url: URL): void | Promise<void>;
}
