import type { WorldScope } from "#services/live/world/world-scope.ts";

/**
 * Lists and pickers open in windows of Chromium's own, which no picture shows. Their opening is
 * prevented and told, and the value that was chosen is set as a person would have set it.
 */
export function watchChoices(qui: WorldScope): void {
  const OPTIONS_MAX = 2000;
  /** From the field's far edge: where Chromium draws the button that opens a picker. */
  const BUTTON_PX = 32;
  const PICKERS = ["date", "time", "datetime-local", "month", "week", "color"] as const;
  let nextId = 1;
  let open: { id: number; element: HTMLSelectElement | HTMLInputElement } | null = null;

  const boxOf = (element: Element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { x, y, width, height };
  };

  function begin<Element extends HTMLSelectElement | HTMLInputElement>(element: Element): number {
    close();
    const id = nextId++;
    open = { id, element };
    return id;
  }

  function close(): void {
    if (!open) return;
    qui.report({ kind: "closed", id: open.id });
    open = null;
  }

  function askSelect(select: HTMLSelectElement): void {
    const id = begin(select);
    qui.report({
      kind: "select",
      id,
      rect: boxOf(select),
      multiple: select.multiple,
      options: [...select.options].slice(0, OPTIONS_MAX).map((option) => {
        const group = option.parentElement instanceof HTMLOptGroupElement ? option.parentElement : null;
        return {
          label: (option.label || option.text).slice(0, 256),
          group: group?.label.slice(0, 256) ?? null,
          disabled: option.disabled || (group?.disabled ?? false),
          selected: option.selected,
        };
      }),
    });
  }

  function askPicker(input: HTMLInputElement): void {
    const kind = PICKERS.find((type) => type === input.type);
    if (!kind) return;
    const id = begin(input);
    const { value, min, max, step } = input;
    qui.report({ kind: "picker", id, rect: boxOf(input), input: kind, value, min, max, step });
  }

  const isList = (target: EventTarget | undefined): target is HTMLSelectElement =>
    target instanceof HTMLSelectElement && !target.disabled && !target.multiple && target.size <= 1;
  /** A list of several rows is drawn in the page, unless it is a phone's, which draws it as a button. */
  const isPhoneList = (target: EventTarget | undefined): target is HTMLSelectElement =>
    target instanceof HTMLSelectElement && !target.disabled && matchMedia("(pointer: coarse)").matches;
  const isPicker = (target: EventTarget | undefined): target is HTMLInputElement =>
    target instanceof HTMLInputElement &&
    !target.disabled &&
    !target.readOnly &&
    PICKERS.some((type) => type === target.type);

  function selectOf(event: Event): EventTarget | undefined {
    const [target] = event.composedPath();
    return target instanceof HTMLOptionElement || target instanceof HTMLOptGroupElement
      ? (target.closest("select") ?? target)
      : target;
  }

  window.addEventListener(
    "mousedown",
    (event) => {
      const target = selectOf(event);
      if (!event.isTrusted || event.button !== 0 || !(isList(target) || isPhoneList(target))) return;
      event.preventDefault();
      target.focus({ preventScroll: true });
      askSelect(target);
    },
    { capture: true },
  );

  window.addEventListener(
    "click",
    (event) => {
      const [target] = event.composedPath();
      if (!event.isTrusted || !isPicker(target)) return;
      const box = target.getBoundingClientRect();
      const fromEnd =
        getComputedStyle(target).direction === "rtl" ? event.clientX - box.left : box.right - event.clientX;
      const whole = target.type === "color" || matchMedia("(pointer: coarse)").matches;
      if (!whole && fromEnd > BUTTON_PX) return;
      event.preventDefault();
      askPicker(target);
    },
    { capture: true },
  );

  window.addEventListener(
    "keydown",
    (event) => {
      if (!event.isTrusted) return;
      const [target] = event.composedPath();
      const opens =
        event.key === " " || event.key === "F4" || (event.altKey && /^Arrow(?:Up|Down)$/.test(event.key));
      if (!opens || !(isList(target) || isPicker(target))) return;
      event.preventDefault();
      if (target instanceof HTMLSelectElement) askSelect(target);
      else askPicker(target);
    },
    { capture: true },
  );

  // `showPicker()` of the page: prevented where a press would open one, left to Chromium's own refusals elsewhere.
  window.addEventListener(
    `${qui.channel}-pick`,
    (event) => {
      const [target] = event.composedPath();
      const isOwn = [...location.ancestorOrigins].every((origin) => origin === location.origin);
      const isFree = isOwn || (target instanceof HTMLInputElement && target.type === "color");
      if (!isFree || !navigator.userActivation.isActive) return;
      if (isList(target) || isPhoneList(target)) askSelect(target);
      else if (isPicker(target)) askPicker(target);
      else return;
      event.preventDefault();
    },
    { capture: true },
  );

  window.addEventListener(
    "focusout",
    (event) => {
      if (open && event.composedPath()[0] === open.element && document.hasFocus()) close();
    },
    { capture: true, passive: true },
  );
  window.addEventListener("pagehide", close);

  function tellChange(element: Element): void {
    element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    element.dispatchEvent(new Event("change", { bubbles: true }));
  }

  qui.offer("pickOptions", (id: number, indices: number[]) => {
    if (open?.id !== id || !(open.element instanceof HTMLSelectElement)) return false;
    const select = open.element;
    open = null;
    const before = [...select.options].map((option) => option.selected).join();
    if (select.multiple) {
      const wanted = new Set(indices);
      [...select.options].forEach((option, index) => {
        const isOff = option.disabled || option.parentElement?.hasAttribute("disabled");
        if (!isOff) option.selected = wanted.has(index);
      });
    } else if (indices[0] !== undefined) {
      const option = select.options[indices[0]];
      if (!option || option.disabled || option.parentElement?.hasAttribute("disabled")) return false;
      select.selectedIndex = indices[0];
    }
    if ([...select.options].map((option) => option.selected).join() !== before) tellChange(select);
    return true;
  });

  qui.offer("pickValue", (id: number, value: string) => {
    if (open?.id !== id || !(open.element instanceof HTMLInputElement)) return false;
    const input = open.element;
    open = null;
    if (input.value === value) return true;
    // Frameworks keep the last value they know on the element; the prototype's setter leaves it to them to notice.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(input, value);
    tellChange(input);
    return true;
  });

  qui.offer("dismissChoice", (id: number) => {
    if (open?.id === id) open = null;
  });
}
