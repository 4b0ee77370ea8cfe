import { useFrame } from "@react-three/fiber";
import { Container } from "@react-three/uikit";
import { useRef } from "react";
import type { Mesh } from "three";
import { ChromeButton } from "#components/room/chrome/chrome-button.tsx";
import { PaintedText } from "#components/room/chrome/painted-text.tsx";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { setControl } from "#lib/client/xr/chrome/control-places.ts";
import { projectionIndex, seekToShare } from "#lib/client/xr/media/media-commands.ts";
import type { OpenMedia } from "#lib/client/xr/media/media-store.ts";
import { pixelSizeM, TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";
import { PROJECTIONS } from "#lib/core/surfaces/media-projection.ts";

interface MediaBarProps {
  media: OpenMedia;
  video: HTMLVideoElement | null;
  /** The lower edge of the picture, in metres from the middle. */
  y: number;
  distanceM: number;
  widthM: number;
}

const LINE_M = 0.012;
/** What a ray can hit of the thin line. */
const LINE_TARGET_M = 0.05;

/** Play, seek, volume, projection and close, below the picture. Each is a command, so keys and words do it too. */
export function MediaBar({ media, video, y, distanceM, widthM }: MediaBarProps) {
  const theme = useChromeTheme();
  const words = (text: string) => [{ text, sizePx: 15, weight: 500, color: theme.ink }];
  const button = (id: string, label: string, widthPx: number) => (
    <ChromeButton
      key={id}
      id={`media ${id}`}
      label={label}
      widthPx={widthPx}
      heightPx={TARGET_PX}
      onPress={() => runCommand(`media.${id}`)}
    >
      <PaintedText widthPx={widthPx - 24} lines={words(label)} />
    </ChromeButton>
  );
  return (
    <group name="chrome" position={[0, y - 0.1, 0.02]}>
      {video && <SeekLine video={video} widthM={widthM} color={theme.accent} line={theme.line} />}
      <group position={[0, -0.075, 0]}>
        <Container
          pixelSize={pixelSizeM(distanceM)}
          gap={4}
          padding={6}
          borderRadius={14}
          borderWidth={1}
          borderColor={theme.line}
          backgroundColor={theme.surface}
          pointerEvents="auto"
        >
          {video && [
            button("play", video.paused ? "Play" : "Pause", 84),
            button("back", "−10 s", 84),
            button("forward", "+10 s", 84),
            button("quieter", "Quieter", 92),
            button("louder", "Louder", 92),
            button("mute", video.muted ? "Sound on" : "Mute", 104),
          ]}
          {media.kind !== "audio" && button("projection", PROJECTIONS[projectionIndex()]?.title ?? "2D", 200)}
          <ChromeButton
            id="media close"
            label="Close"
            icon="close"
            onPress={() => runCommand("media.close")}
          />
        </Container>
      </group>
    </group>
  );
}

interface SeekLineProps {
  video: HTMLVideoElement;
  widthM: number;
  color: string;
  line: string;
}

function SeekLine({ video, widthM, color, line }: SeekLineProps) {
  const done = useRef<Mesh>(null);
  useFrame(() => {
    if (!done.current) return;
    const share = video.duration > 0 ? Math.max(0.001, video.currentTime / video.duration) : 0.001;
    done.current.scale.x = share;
    done.current.position.x = (widthM * (share - 1)) / 2;
  });
  return (
    <group>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: no element of the DOM; the commands seek by keys. */}
      <mesh
        ref={(line) => setControl("media seek", line)}
        position={[0, 0, 0.001]}
        onClick={(event) => {
          event.stopPropagation();
          if (event.uv) seekToShare(video, event.uv.x);
        }}
      >
        <planeGeometry args={[widthM, LINE_TARGET_M]} />
        <meshBasicMaterial visible={false} />
      </mesh>
      <mesh pointerEvents="none">
        <planeGeometry args={[widthM, LINE_M]} />
        <meshBasicMaterial color={line} toneMapped={false} />
      </mesh>
      <mesh ref={done} pointerEvents="none" position={[0, 0, 0.002]}>
        <planeGeometry args={[widthM, LINE_M]} />
        <meshBasicMaterial color={color} toneMapped={false} />
      </mesh>
    </group>
  );
}
