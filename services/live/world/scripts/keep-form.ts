import type { FormState } from "#services/live/world/page-report.ts";
import type { WorldScope } from "#services/live/world/world-scope.ts";

/**
 * Tells what a person has put into the fields of the main document, and puts it back into another
 * load of it. Nothing that may be a secret is told: passwords, cards, codes, and what a page
 * marks as not to be remembered. Fields within shadow trees and frames are left out.
 */
export function keepForm(qui: WorldScope): void {
  if (window.top !== window) return;
  type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;
  const EVERY_MS = 300;
  const FIELDS_MAX = 200;
  const VALUE_MAX = 10_000;
  const TOTAL_MAX = 100_000;
  /** Pages that draw themselves have their fields a while after they were loaded. */
  const FILL_MS = 10_000;
  const NOT_KEPT = /^(?:password|hidden|file|submit|button|reset|image)$/;
  const SECRET_PURPOSE = /(?:^|\s)(?:off|one-time-code|current-password|new-password|cc-\S+)(?:\s|$)/i;
  const SECRET_NAME = /passw|pwd|\bpin\b|cvv|cvc|card.?n|iban|\bssn\b|\botp\b|secret|token/i;

  /** Those that a person changed, or that were filled. */
  const touched = new Set<Field>();
  /** A password may be shown as text for a while. */
  const secrets = new WeakSet<Field>();
  let told = "";
  let timer: ReturnType<typeof setTimeout> | null = null;

  const isField = (target: unknown): target is Field =>
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  const isChoice = (field: Field): field is HTMLInputElement =>
    field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");

  function isSecret(field: Field): boolean {
    if (field.type === "password") secrets.add(field);
    const purposes = [field.getAttribute("autocomplete"), field.form?.getAttribute("autocomplete")];
    return (
      secrets.has(field) ||
      NOT_KEPT.test(field.type) ||
      purposes.some((purpose) => SECRET_PURPOSE.test(purpose ?? "")) ||
      SECRET_NAME.test(`${field.name} ${field.id}`)
    );
  }

  /** All fields by their kind and name, and by their place among those of the same. */
  function byKey(): Map<string, Field> {
    const counts = new Map<string, number>();
    const found = new Map<string, Field>();
    for (const field of document.querySelectorAll<Field>("input, textarea, select")) {
      const name = [field.localName, field.type, field.name || field.id].join("/").slice(0, 250);
      const place = counts.get(name) ?? 0;
      counts.set(name, place + 1);
      found.set(`${name}/${place}`, field);
    }
    return found;
  }

  function valuesOf(field: Field): string[] {
    if (isChoice(field)) return field.checked ? ["on"] : [];
    if (field instanceof HTMLSelectElement)
      return [...field.selectedOptions].slice(0, FIELDS_MAX).map(({ value }) => value);
    return [field.value];
  }

  const address = () => location.href.split("#")[0] ?? "";

  function tell(): void {
    timer = null;
    const fields: FormState["fields"] = [];
    let left = TOTAL_MAX;
    for (const [key, field] of touched.size > 0 ? byKey() : []) {
      if (!touched.has(field) || isSecret(field)) continue;
      const values = valuesOf(field);
      const size = values.join("").length;
      if (size > VALUE_MAX || size > left || fields.length >= FIELDS_MAX) continue;
      left -= size;
      fields.push({ key, values });
    }
    const url = address();
    const text = JSON.stringify([url, fields]);
    if (text === told || url.length > 8192) return;
    told = text;
    qui.report({ kind: "form", url, fields });
  }

  const note = () => {
    if (touched.size > 0 && timer === null) timer = setTimeout(tell, EVERY_MS);
  };
  for (const name of ["input", "change"])
    window.addEventListener(
      name,
      ({ target }) => {
        if (isField(target) && !isSecret(target)) touched.add(target);
        note();
      },
      { capture: true, passive: true },
    );
  window.addEventListener("focusin", ({ target }) => void (isField(target) && isSecret(target)), true);
  // A page may empty a field that was sent, and tells nobody.
  for (const name of ["submit", "reset", "click", "keyup"])
    window.addEventListener(name, note, { capture: true, passive: true });

  function fill(field: Field, values: readonly string[]): void {
    if (isChoice(field)) field.checked = values.length > 0;
    else if (field instanceof HTMLSelectElement)
      for (const option of field.options) option.selected = values.includes(option.value);
    else field.value = values[0] ?? "";
    for (const name of ["input", "change"]) field.dispatchEvent(new Event(name, { bubbles: true }));
  }

  qui.offer("fillForm", ({ url, fields }: FormState) => {
    if (address() !== url) return false;
    const wanted = new Map(fields.map(({ key, values }) => [key, values]));
    let pause: ReturnType<typeof setTimeout> | null = null;
    const observer = new MutationObserver(() => {
      if (pause === null) pause = setTimeout(fillFound, 100);
    });
    function fillFound(): void {
      pause = null;
      for (const [key, field] of byKey()) {
        const values = wanted.get(key);
        if (!values || isSecret(field) || field.disabled) continue;
        wanted.delete(key);
        // What somebody has begun to type meanwhile stays.
        if (!touched.has(field)) fill(field, values);
      }
      if (wanted.size === 0) observer.disconnect();
    }
    observer.observe(document, { childList: true, subtree: true });
    setTimeout(() => observer.disconnect(), FILL_MS);
    fillFound();
    return true;
  });
}
