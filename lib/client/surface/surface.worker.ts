import { type HostPort, offscreenCanvas, startEngineHost } from "#lib/client/surface/engine/engine-host.ts";

const scope = globalThis as unknown as HostPort & { fonts?: FontFaceSet };

startEngineHost(scope, offscreenCanvas(scope.fonts));
