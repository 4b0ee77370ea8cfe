import { type Camera, InstancedMesh, Matrix4, type Mesh, type Object3D, Vector3 } from "three";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";

/** Objects with this name hold interface, not content: bars of panels, menus, notices. */
export const CHROME_NAME = "chrome";

const COLUMNS = 96;
const ROWS = 54;
const corner = new Vector3();
const matrix = new Matrix4();

/** Share of the view covered by interface, 0 to 1: bounding boxes, drawn on a coarse grid. Never too little. */
export function measureCoverage(scene: Object3D, camera: Camera): number {
  const cells = new Uint8Array(COLUMNS * ROWS);
  const mark = (part: Object3D): void => {
    const mesh = part as Mesh;
    if (!mesh.isMesh || !mesh.geometry) return;
    // The batches uikit draws with stand nowhere: its components, which are marked one by one, do.
    if ((part as InstancedMesh).isInstancedMesh && !(part instanceof InstancedMesh)) return;
    mesh.geometry.computeBoundingBox();
    if (!(part instanceof InstancedMesh)) {
      markBox(mesh, mesh.matrixWorld, camera, cells);
      return;
    }
    for (let index = 0; index < part.count; index++) {
      part.getMatrixAt(index, matrix);
      matrix.premultiply(part.matrixWorld);
      markBox(mesh, matrix, camera, cells);
    }
  };
  scene.traverseVisible((object) => {
    if (object.name === CHROME_NAME) object.traverseVisible(mark);
  });
  // Whatever hangs on a panel beside its sheet is chrome too.
  for (const { object, surface } of roomPanels) {
    for (const part of object.children) if (part !== surface.mesh) part.traverseVisible(mark);
  }
  return cells.reduce((sum, cell) => sum + cell, 0) / cells.length;
}

function markBox(mesh: Mesh, world: Matrix4, camera: Camera, cells: Uint8Array): void {
  const box = mesh.geometry.boundingBox;
  if (!box || box.isEmpty()) return;
  let [left, right, top, bottom] = [1, -1, -1, 1];
  for (let index = 0; index < 8; index++) {
    corner.set(
      index & 1 ? box.max.x : box.min.x,
      index & 2 ? box.max.y : box.min.y,
      index & 4 ? box.max.z : box.min.z,
    );
    corner.applyMatrix4(world).applyMatrix4(camera.matrixWorldInverse);
    // Behind the eye, a projection says nothing.
    if (corner.z > 0) return;
    corner.applyMatrix4(camera.projectionMatrix);
    left = Math.min(left, corner.x);
    right = Math.max(right, corner.x);
    bottom = Math.min(bottom, corner.y);
    top = Math.max(top, corner.y);
  }
  const column = (x: number) => Math.min(COLUMNS, Math.max(0, ((x + 1) / 2) * COLUMNS));
  const row = (y: number) => Math.min(ROWS, Math.max(0, ((1 - y) / 2) * ROWS));
  for (let y = Math.floor(row(top)); y < Math.ceil(row(bottom)); y++) {
    cells.fill(1, y * COLUMNS + Math.floor(column(left)), y * COLUMNS + Math.ceil(column(right)));
  }
}
