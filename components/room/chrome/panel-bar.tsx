import { Container } from "@react-three/uikit";
import { useStore } from "zustand";
import { ChromeButton } from "#components/room/chrome/chrome-button.tsx";
import { PaintedText } from "#components/room/chrome/painted-text.tsx";
import { openPanelEntries } from "#components/room/chrome/panel-entries.ts";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { commands, runCommand } from "#lib/client/commands/registry.ts";
import { openRoomPage, roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { editAddress } from "#lib/client/room/room-ui-text.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import {
  BAR_HEIGHT_PX,
  BAR_PADDING_PX,
  type BarLayout,
  type BarPart,
  TARGET_PX,
} from "#lib/core/room-ui/chrome-metrics.ts";
import { describePanel, type PanelDescription } from "#lib/core/room-ui/describe-panel.ts";
import type { RoomIcon } from "#lib/core/room-ui/room-page.ts";
import { findPanel } from "#lib/core/space/session.ts";

interface PanelBarProps {
  panelId: string;
  layout: BarLayout;
}

const COMMANDS: Readonly<Record<Exclude<BarPart, "address" | "tabs" | "menu" | "curve">, string>> = {
  back: "page.back",
  forward: "page.forward",
  reload: "page.reload",
  zoomOut: "page.zoomOut",
  zoomIn: "page.zoomIn",
  close: "tab.close",
};

/** The whole title bar of one panel: where it is, and everything that is done with it often. */
export function PanelBar({ panelId, layout: { widthPx, parts, addressPx } }: PanelBarProps) {
  const theme = useChromeTheme();
  const panel = useStore(browserStore, ({ session }) => findPanel(session, panelId));
  const shown = useStore(browserStore, ({ views }) => views[panelId]);
  if (!panel) return null;
  const description = describePanel(panel, shown);
  return (
    <Container
      width={widthPx}
      height={BAR_HEIGHT_PX}
      flexShrink={0}
      alignItems="center"
      gap={4}
      paddingX={BAR_PADDING_PX}
      borderRadius={16}
      borderWidth={1}
      borderColor={theme.line}
      backgroundColor={theme.surface}
      pointerEvents="auto"
    >
      {parts.map((part) =>
        part === "address" ? (
          <AddressPart key={part} panelId={panelId} description={description} widthPx={addressPx} />
        ) : (
          <BarButton key={part} part={part} panelId={panelId} isLoading={description.state === "loading"} />
        ),
      )}
    </Container>
  );
}

function BarButton({ part, panelId, isLoading }: { part: BarPart; panelId: string; isLoading: boolean }) {
  const args = { panelId };
  if (part === "tabs")
    return (
      <ChromeButton id="bar tabs" label="All panels" icon="tabs" onPress={() => openRoomPage("panels")} />
    );
  if (part === "menu")
    return (
      <ChromeButton
        id="bar menu"
        label="Menu of this panel"
        icon="more"
        onPress={() => openPanelEntries(panelId)}
      />
    );
  if (part === "curve") return <CurveButton panelId={panelId} />;
  if (part === "address") return null;
  const stops = part === "reload" && isLoading;
  const id = stops ? "page.stop" : COMMANDS[part];
  return (
    <ChromeButton
      id={`bar ${part}`}
      label={commands.title(id, args)}
      icon={stops ? "stop" : part}
      isDisabled={!commands.isEnabled(id, args)}
      onPress={() => runCommand(id, args)}
    />
  );
}

/** Bends the panel, and straightens it again when it is bent. */
function CurveButton({ panelId }: { panelId: string }) {
  const isCurved = useStore(
    browserStore,
    ({ session }) => (findPanel(session, panelId)?.pose.curvature ?? 0) > 0,
  );
  const id = isCurved ? "panel.flat" : "panel.curveMore";
  return (
    <ChromeButton
      id="bar curve"
      label={isCurved ? "Flatten this panel" : "Curve this panel"}
      icon="curve"
      isOn={isCurved}
      isDisabled={!commands.isEnabled(id, { panelId })}
      onPress={() => runCommand(id, { panelId })}
    />
  );
}

const STATE_ICONS: Readonly<Record<PanelDescription["state"], RoomIcon>> = {
  blank: "search",
  loading: "reload",
  ready: "globe",
  stale: "history",
  offline: "flat",
  failed: "help",
  stopped: "stop",
};

function AddressPart({
  panelId,
  description: { title, detail, state },
  widthPx,
}: {
  panelId: string;
  description: PanelDescription;
  widthPx: number;
}) {
  const theme = useChromeTheme();
  return (
    <ChromeButton
      id="bar address"
      label={`Address and search: ${title}`}
      icon={STATE_ICONS[state]}
      widthPx={widthPx}
      heightPx={TARGET_PX}
      onPress={() => editAddress(panelId)}
    >
      <PaintedText
        widthPx={widthPx - 60}
        lines={[
          { text: title, sizePx: 15, weight: 600, color: theme.ink },
          { text: detail || " ", sizePx: 12, weight: 500, color: theme.muted },
        ]}
      />
    </ChromeButton>
  );
}

/** The name of what is pointed at, below the bar. */
export function BarHint() {
  const theme = useChromeTheme();
  const hint = useStore(roomUiStore, (state) => (state.menu ? null : state.hint));
  if (!hint) return null;
  const widthPx = Math.min(420, 24 + hint.length * 8.5);
  return (
    <Container
      positionType="absolute"
      positionTop={BAR_HEIGHT_PX + 6}
      height={32}
      paddingX={12}
      alignItems="center"
      borderRadius={10}
      borderWidth={1}
      borderColor={theme.line}
      backgroundColor={theme.surface}
      pointerEvents="none"
    >
      <PaintedText
        widthPx={widthPx - 24}
        lines={[{ text: hint, sizePx: 14, weight: 500, color: theme.ink }]}
      />
    </Container>
  );
}
