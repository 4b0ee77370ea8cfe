/**
 * The first script of every document. It makes the one Trusted Types policy that
 * plain strings may still pass: addresses of scripts and workers of our own origin,
 * and "markup" that holds no tag, which is how React sets the text of a style
 * element. (The empty script element is what React makes script elements from.)
 * Everything else that would turn a string into markup or code is refused by the
 * browser. It also tells libraries that insert style elements which nonce to put on
 * them; `__webpack_nonce__` is where they look. See docs/adr/0010.
 */
export const BOOTSTRAP_SCRIPT = [
  "(function(s){",
  'window.__webpack_nonce__=s.nonce||s.getAttribute("nonce")||undefined;',
  "var t=window.trustedTypes;",
  "if(!t||!t.createPolicy||t.defaultPolicy)return;",
  't.createPolicy("default",{',
  "createScriptURL:function(u){return new URL(u,location.href).origin===location.origin?u:null},",
  'createHTML:function(h){return h.indexOf("<")<0||h==="<script></script>"?h:null}',
  "})",
  "})(document.currentScript)",
]
  .join("")
  .replace("</script>", "<\\/script>");
