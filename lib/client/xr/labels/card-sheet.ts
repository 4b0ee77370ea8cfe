import {
  CanvasTexture,
  InstancedBufferAttribute,
  InstancedMesh,
  LinearFilter,
  LinearMipmapLinearFilter,
  Matrix4,
  PlaneGeometry,
  type Quaternion,
  ShaderMaterial,
  SRGBColorSpace,
  Vector3,
} from "three";

export interface CardSheetOptions {
  /** Of one card's picture, in pixels of the texture. */
  cellWidthPx: number;
  cellHeightPx: number;
  /** How many cards there can be. */
  capacity: number;
}

/** Painted cards standing in the room: one texture and one draw call for all of them. */
export interface CardSheet {
  readonly mesh: InstancedMesh;
  readonly capacity: number;
  /** Paints one card anew, in pixels of its cell from its upper left corner. */
  paint: (index: number, draw: (context: CanvasRenderingContext2D) => void) => void;
  /** Puts a card somewhere, `widthM` wide, facing as `turn` turns +z. */
  place: (index: number, position: Vector3, turn: Quaternion, widthM: number) => void;
  setCount: (count: number) => void;
  /** After cards were placed: what is pointed at is looked up anew. */
  settle: () => void;
  dispose: () => void;
}

const VERTEX = /* glsl */ `
  attribute vec2 cell;
  uniform vec2 cells;
  varying vec2 vUv;
  void main() {
    vUv = (vec2(uv.x, 1.0 - uv.y) + cell) / cells;
    gl_Position = projectionMatrix * modelViewMatrix * instanceMatrix * vec4(position, 1.0);
  }
`;
const FRAGMENT = /* glsl */ `
  uniform sampler2D sheet;
  varying vec2 vUv;
  void main() {
    vec4 color = texture2D(sheet, vUv);
    if (color.a < 0.02) discard;
    gl_FragColor = color;
    #include <colorspace_fragment>
  }
`;

/** Textures wider than this are refused by some phones. */
const SHEET_WIDTH_MAX_PX = 2048;
const matrix = new Matrix4();
const scale = new Vector3();

export function createCardSheet({ cellWidthPx, cellHeightPx, capacity }: CardSheetOptions): CardSheet {
  const columns = Math.max(1, Math.min(capacity, Math.floor(SHEET_WIDTH_MAX_PX / cellWidthPx)));
  const rows = Math.ceil(capacity / columns);
  const canvas = document.createElement("canvas");
  canvas.width = columns * cellWidthPx;
  canvas.height = rows * cellHeightPx;
  const context = canvas.getContext("2d");
  const texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  texture.flipY = false;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.magFilter = LinearFilter;
  texture.anisotropy = 4;

  const geometry = new PlaneGeometry(1, cellHeightPx / cellWidthPx);
  const cells = Array.from({ length: capacity }, (_, index) => [
    index % columns,
    Math.floor(index / columns),
  ]);
  geometry.setAttribute("cell", new InstancedBufferAttribute(new Float32Array(cells.flat()), 2));
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    toneMapped: false,
    uniforms: { sheet: { value: texture }, cells: { value: [columns, rows] } },
  });
  const mesh = new InstancedMesh(geometry, material, capacity);
  mesh.count = 0;
  mesh.frustumCulled = false;

  return {
    mesh,
    capacity,
    paint: (index, draw) => {
      if (!context || index >= capacity) return;
      context.save();
      context.beginPath();
      context.rect(
        (index % columns) * cellWidthPx,
        Math.floor(index / columns) * cellHeightPx,
        cellWidthPx,
        cellHeightPx,
      );
      context.clip();
      context.translate((index % columns) * cellWidthPx, Math.floor(index / columns) * cellHeightPx);
      context.clearRect(0, 0, cellWidthPx, cellHeightPx);
      draw(context);
      context.restore();
      texture.needsUpdate = true;
    },
    place: (index, position, turn, widthM) => {
      mesh.setMatrixAt(index, matrix.compose(position, turn, scale.setScalar(widthM)));
      mesh.instanceMatrix.needsUpdate = true;
    },
    setCount: (count) => {
      mesh.count = Math.min(count, capacity);
    },
    settle: () => mesh.computeBoundingSphere(),
    dispose: () => {
      texture.dispose();
      geometry.dispose();
      material.dispose();
      mesh.dispose();
    },
  };
}
