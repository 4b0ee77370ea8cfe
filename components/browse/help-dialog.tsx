import { Dialog } from "#components/ui/dialog.tsx";
import { commands, getPlatform, isInstalled } from "#lib/client/commands/registry.ts";
import { COMMAND_GROUPS, type Command } from "#lib/core/commands/registry.ts";
import { isAvailable, type Platform, type Shortcut, shortcutKeys } from "#lib/core/commands/shortcut.ts";

/** Every command that has keys, as the registry knows them: what is listed here is what works. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const platform = getPlatform();
  const installed = isInstalled();
  const rows = commands.list().flatMap((command) => {
    const shortcuts = (command.shortcuts ?? []).filter((shortcut) =>
      isAvailable(shortcut, { platform, installed }),
    );
    return shortcuts.length > 0 ? [{ command, shortcuts }] : [];
  });
  return (
    <Dialog title="Keyboard shortcuts" size="large" onClose={onClose}>
      <p className="mb-5 text-sm text-muted">
        {installed
          ? "In this window Qui may use the keys of a browser of its own."
          : "Some keys, such as those for a new tab, belong to the browser Qui runs in, so Qui has its own. Installed as an app it may use the usual ones too."}
      </p>
      <div className="columns-1 gap-8 sm:columns-2">
        {COMMAND_GROUPS.map((group) => {
          const shown = rows.filter(({ command }) => command.group === group);
          if (shown.length === 0) return null;
          return (
            <section key={group} className="mb-6 break-inside-avoid" aria-labelledby={`keys-${group}`}>
              <h2 id={`keys-${group}`} className="mb-1 text-sm font-semibold">
                {group}
              </h2>
              <dl>
                {shown.map(({ command, shortcuts }) => (
                  <Row key={command.id} command={command} shortcuts={shortcuts} platform={platform} />
                ))}
              </dl>
            </section>
          );
        })}
        <section className="mb-6 break-inside-avoid" aria-labelledby="keys-field">
          <h2 id="keys-field" className="mb-1 text-sm font-semibold">
            In the address field
          </h2>
          <dl>
            <Keys title="Do what the first line says" keys={[["Enter"]]} />
            <Keys title="The same in a new tab" keys={[[platform === "mac" ? "⌥" : "Alt", "Enter"]]} />
            <Keys title="Go through the lines" keys={[["↑"], ["↓"]]} />
            <Keys title="Only commands" keys={[[">"]]} />
            <Keys title="Search, whatever it looks like" keys={[["?"]]} />
          </dl>
        </section>
      </div>
    </Dialog>
  );
}

function Row({
  command,
  shortcuts,
  platform,
}: {
  command: Command;
  shortcuts: readonly Shortcut[];
  platform: Platform;
}) {
  const numbered = shortcuts.filter((shortcut) => shortcut.args?.index !== undefined);
  const first = numbered[0];
  // Eight keys of one command are one line: the first to the last.
  const shown = first ? [first, ...numbered.slice(-1)] : shortcuts.slice(0, 2);
  return (
    <Keys
      title={commands.title(command.id)}
      keys={shown.map((shortcut) => shortcutKeys(shortcut, platform))}
      between={first ? "to" : "or"}
    />
  );
}

function Keys({
  title,
  keys,
  between = "or",
}: {
  title: string;
  keys: readonly (readonly string[])[];
  between?: string;
}) {
  return (
    <div className="flex min-h-9 items-center gap-3 border-b border-line text-sm last:border-0">
      <dt className="min-w-0 flex-1">{title.replace(/…$/, "")}</dt>
      <dd className="flex shrink-0 items-center gap-1.5 text-xs text-muted">
        {keys.map((combination, place) => (
          <span key={combination.join("+")} className="flex items-center gap-1">
            {place > 0 && <span className="px-0.5">{between}</span>}
            {combination.map((key) => (
              <kbd
                key={key}
                className="min-w-6 rounded-md border border-line bg-raised px-1.5 py-0.5 text-center font-sans text-ink"
              >
                {key}
              </kbd>
            ))}
          </span>
        ))}
      </dd>
    </div>
  );
}
