import { Container, Text } from "@react-three/uikit";
import { useStore } from "zustand";
import { browserStore } from "#lib/client/store/browser-store.ts";

/** The panels of the space, each at its pose. */
export function RoomPanels() {
  const panels = useStore(browserStore, ({ session }) => session.space.panels);
  return panels.map((panel) => (
    <group key={panel.id} position={[0, 0, -panel.pose.distanceM]}>
      <mesh userData={{ panelId: panel.id }}>
        <planeGeometry args={[panel.pose.widthM, panel.pose.widthM * 0.8]} />
        <meshBasicMaterial color="#f6f4ee" />
      </mesh>
      <group position={[0, 0.55, 0.01]}>
        <Container pixelSize={0.001} backgroundColor="#222" borderRadius={12} padding={8}>
          <Text color="white" fontSize={24}>
            {panel.title || "New tab"}
          </Text>
        </Container>
      </group>
    </group>
  ));
}
