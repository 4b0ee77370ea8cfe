import type { XRStore } from "@react-three/xr";
import {
  Matrix4,
  type Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  Mesh as PlainMesh,
  PlaneGeometry,
  Quaternion,
  Scene,
  Vector3,
  type WebGLRenderer,
  WebGLRenderTarget,
} from "three";
import type { MakeSurfaceLayer } from "#lib/client/xr/panel/panel-surface.ts";
import type { TilePicture } from "#lib/client/xr/tile-texture.ts";
import type { PanelSheet } from "#lib/core/surfaces/panel-mesh.ts";

/** In three since r149, missing from its types. */
type TextureTargetRenderer = WebGLRenderer & {
  setRenderTargetTextures(target: WebGLRenderTarget, color: WebGLTexture): void;
};
type ShapedLayer = XRQuadLayer | XRCylinderLayer;

const position = new Vector3();
const orientation = new Quaternion();
const scale = new Vector3();
const axis = new Vector3();

/**
 * Panels as layers of the session's compositor. Nothing here runs without
 * `XRWebGLBinding`, and any refusal is answered by null or an exception, upon which
 * the panel is drawn as a mesh. Emulators have no layers: see docs/adr/0091.
 */
export function createLayerMaker(renderer: WebGLRenderer, store: XRStore): MakeSurfaceLayer {
  const scene = new Scene();
  const camera = new OrthographicCamera(-0.5, 0.5, 0.5, -0.5, -1, 1);
  const sheetMaterial = new MeshBasicMaterial({ toneMapped: false, depthTest: false });
  scene.add(new PlainMesh(new PlaneGeometry(), sheetMaterial));

  const draw = (target: WebGLRenderTarget, picture: TilePicture): void => {
    const before = renderer.getRenderTarget();
    const wasXr = renderer.xr.enabled;
    renderer.xr.enabled = false;
    sheetMaterial.map = picture.texture;
    renderer.setRenderTarget(target);
    renderer.render(scene, camera);
    renderer.setRenderTarget(before);
    renderer.xr.enabled = wasXr;
  };

  return (kind, mesh, sheet, picture) => {
    try {
      const layer = makeLayer(renderer, kind, sheet, picture);
      if (!layer) return null;
      const target = new WebGLRenderTarget(picture.widthPx, picture.heightPx, { depthBuffer: false });
      const entry = { layer, renderOrder: -1, object3D: mesh };
      store.addLayerEntry(entry);
      const placed = new Matrix4().makeScale(0, 0, 0);
      return {
        update(_, frame, changed) {
          if (!placed.equals(mesh.matrixWorld)) {
            placed.copy(mesh.matrixWorld);
            place(layer, mesh, sheet, renderer.xr.getReferenceSpace());
          }
          if (!changed && !layer.needsRedraw) return;
          const image = renderer.xr.getBinding().getSubImage(layer, frame);
          (renderer as TextureTargetRenderer).setRenderTargetTextures(target, image.colorTexture);
          draw(target, picture);
        },
        dispose() {
          store.removeLayerEntry(entry);
          target.dispose();
          // The session may be over, and its layers with it.
          if (store.getState().session) layer.destroy();
        },
      };
    } catch {
      // Some browsers have the methods and refuse the sizes or formats.
      return null;
    }
  };
}

function makeLayer(
  renderer: WebGLRenderer,
  kind: "quad-layer" | "cylinder-layer",
  sheet: PanelSheet,
  { widthPx, heightPx }: TilePicture,
): ShapedLayer | null {
  const space = renderer.xr.getReferenceSpace();
  const binding = renderer.xr.getBinding();
  if (!space || !binding) return null;
  const init = { space, viewPixelWidth: widthPx, viewPixelHeight: heightPx, textureType: "texture" } as const;
  return kind === "quad-layer"
    ? binding.createQuadLayer({ ...init, width: sheet.widthM / 2, height: sheet.heightM / 2 })
    : binding.createCylinderLayer({
        ...init,
        transform: new XRRigidTransform(),
        radius: sheet.bendRadiusM,
        centralAngle: sheet.widthM / sheet.bendRadiusM,
        aspectRatio: sheet.widthM / sheet.heightM,
      });
}

/** A cylinder's origin is its axis, in front of the sheet; a quad's is its middle, and its sizes are halves. */
function place(layer: ShapedLayer, mesh: Mesh, sheet: PanelSheet, space: XRReferenceSpace | null): void {
  if (!space) return;
  mesh.matrixWorld.decompose(position, orientation, scale);
  if (Number.isFinite(sheet.bendRadiusM)) {
    position.add(axis.set(0, 0, sheet.bendRadiusM * scale.x).applyQuaternion(orientation));
  }
  layer.space = space;
  layer.transform = new XRRigidTransform(
    { x: position.x, y: position.y, z: position.z },
    { x: orientation.x, y: orientation.y, z: orientation.z, w: orientation.w },
  );
}
