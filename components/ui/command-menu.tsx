import { Check, ChevronRight } from "lucide-react";
import * as DropdownMenu from "radix-ui/dropdown-menu";
import { useStore } from "zustand";
import { commands, runCommand } from "#lib/client/commands/registry.ts";
import { shortcutStrings } from "#lib/client/commands/use-command.ts";
import { type MenuEntry, type MenuRequest, uiStore } from "#lib/client/store/ui-store.ts";

const SURFACE =
  "z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-56 max-w-80 animate-fade overflow-y-auto rounded-panel bg-raised p-1.5 text-ink shadow-float";
const ITEM =
  "flex min-h-7 items-center gap-3 rounded-control px-2.5 text-sm outline-none select-none data-disabled:text-faint data-highlighted:bg-hover pointer-coarse:min-h-11";

/** The one menu: whatever asks for it (`openMenu`) names commands, and the registry says the rest. */
export default function CommandMenu() {
  const menu = useStore(uiStore, (state) => state.menu);
  return menu && <OpenMenu key={keyOf(menu)} menu={menu} />;
}

function keyOf({ at }: MenuRequest): string {
  return `${at.x} ${at.y}`;
}

function OpenMenu({ menu }: { menu: MenuRequest }) {
  const { at, opener } = menu;
  const box = at instanceof DOMRect ? at : { x: at.x, y: at.y, width: 0, height: 0 };
  const close = () => uiStore.setState((state) => (state.menu === menu ? { menu: null } : state));
  return (
    // Not modal for screen readers, which hear a menu as one; the sheet behind it takes the press that closes it.
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && close()}>
      <DropdownMenu.Trigger asChild>
        <span
          aria-hidden
          className="pointer-events-none fixed"
          style={{ left: box.x, top: box.y, width: box.width, height: box.height }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <div aria-hidden className="fixed inset-0 z-50" />
      </DropdownMenu.Portal>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={menu.label}
          align={at instanceof DOMRect && box.x > window.innerWidth / 2 ? "end" : "start"}
          sideOffset={at instanceof DOMRect ? 6 : 2}
          collisionPadding={8}
          className={SURFACE}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // A command may have moved the focus on purpose; only a lost one is brought back.
            if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus();
          }}
          onContextMenu={(event) => event.preventDefault()}
        >
          <Entries entries={menu.entries} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Entries({ entries }: { entries: readonly MenuEntry[] }) {
  return tidy(entries).map((entry, place) => {
    const key =
      entry.type === "command"
        ? `${entry.id} ${entry.args?.groupId ?? entry.args?.index ?? entry.args?.url ?? ""}`
        : `${entry.type} ${place}`;
    if (entry.type === "separator")
      return <DropdownMenu.Separator key={key} className="mx-2.5 my-1 h-px bg-line" />;
    if (entry.type === "command") return <Item key={key} entry={entry} />;
    return (
      <DropdownMenu.Sub key={key}>
        <DropdownMenu.SubTrigger className={`${ITEM} data-[state=open]:bg-hover`}>
          <span className="flex-1">{entry.label}</span>
          <ChevronRight aria-hidden className="size-4 text-muted" />
        </DropdownMenu.SubTrigger>
        <DropdownMenu.Portal>
          <DropdownMenu.SubContent className={SURFACE} collisionPadding={8} sideOffset={4}>
            <Entries entries={entry.entries} />
          </DropdownMenu.SubContent>
        </DropdownMenu.Portal>
      </DropdownMenu.Sub>
    );
  });
}

function Item({ entry }: { entry: Extract<MenuEntry, { type: "command" }> }) {
  const { id, args } = entry;
  const checked = commands.get(id)?.checked?.(args ?? {});
  const { shortcut } = shortcutStrings(id);
  const content = (
    <>
      <span className="min-w-0 flex-1 truncate">{entry.label ?? commands.title(id, args)}</span>
      {checked && <Check aria-hidden className="size-4 text-accent" />}
      {shortcut && <kbd className="font-sans text-xs text-muted pointer-coarse:hidden">{shortcut}</kbd>}
    </>
  );
  const shared = {
    className: ITEM,
    disabled: !commands.isEnabled(id, args),
    onSelect: () => {
      // After the menu has closed and given the focus back, so that the command has the last word on it.
      setTimeout(() => runCommand(id, args));
    },
  };
  if (checked === undefined) return <DropdownMenu.Item {...shared}>{content}</DropdownMenu.Item>;
  return (
    <DropdownMenu.CheckboxItem {...shared} checked={checked}>
      {content}
    </DropdownMenu.CheckboxItem>
  );
}

/** Leaves out what only makes sense now and then and does not now, and separators with nothing between them. */
function tidy(entries: readonly MenuEntry[]): MenuEntry[] {
  const useful = entries.filter(
    (entry) =>
      entry.type !== "command" || !OCCASIONAL.has(entry.id) || commands.isEnabled(entry.id, entry.args),
  );
  return useful.filter((entry, place) => {
    if (entry.type !== "separator") return true;
    const next = useful[place + 1];
    return (
      place > 0 &&
      next !== undefined &&
      next.type !== "separator" &&
      useful.slice(0, place).some((other) => other.type !== "separator")
    );
  });
}

const OCCASIONAL = new Set([
  "split.with",
  "split.right",
  "split.leave",
  "group.leave",
  "tab.reopen",
  "page.share",
  "page.reload",
  "app.install",
]);
