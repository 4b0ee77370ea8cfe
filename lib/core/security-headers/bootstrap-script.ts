/**
 * The first script of every document. It names the one Trusted Types policy through
 * which plain strings may still become script addresses: chunks, workers and the
 * service worker of our own origin. Strings that would become markup or code have
 * no policy and are refused. It also tells libraries that insert style elements
 * which nonce to put on them (`__webpack_nonce__` is where they look).
 */
export const BOOTSTRAP_SCRIPT = `(function(s){
window.__webpack_nonce__=s.nonce||s.getAttribute("nonce")||undefined;
if(window.trustedTypes&&trustedTypes.createPolicy&&!trustedTypes.defaultPolicy)trustedTypes.createPolicy("default",{createScriptURL:function(u){
return new URL(u,location.href).origin===location.origin?u:null}})
})(document.currentScript)`.replaceAll("\n", "");
