import { captureInstallPrompt } from "#lib/client/pwa/install-prompt.ts";
import {
  announceNoCodeFromStrings,
  announceNonce,
  installTrustedTypes,
} from "#lib/client/security/install-trusted-types.ts";

// Next runs this file before anything else of ours in the browser, also where rendering failed on the server.
installTrustedTypes();
announceNonce();
announceNoCodeFromStrings();
captureInstallPrompt();
