import { withRoute } from "#lib/server/http/with-route.ts";
import { mediaQuerySchema, serveMedia } from "#lib/server/media/serve-media.ts";

export const GET = withRoute(
  { name: "media.get", auth: "public", limit: "media", query: mediaQuerySchema },
  ({ query, request, signal, client }) =>
    serveMedia(query, { headers: request.headers, signal, clientKey: client.key }),
);
