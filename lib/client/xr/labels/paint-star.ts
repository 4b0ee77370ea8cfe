import type { StarShape } from "#lib/core/trackers/constellation.ts";

const CORNERS: Readonly<Record<Exclude<StarShape, "circle">, { count: number; turn: number }>> = {
  square: { count: 4, turn: Math.PI / 4 },
  triangle: { count: 3, turn: -Math.PI / 2 },
  diamond: { count: 4, turn: 0 },
  pentagon: { count: 5, turn: -Math.PI / 2 },
};

/** A mark of a shape and a colour around a point; its outline keeps it apart from any ground. */
export function paintStar(
  context: CanvasRenderingContext2D,
  {
    x,
    y,
    radiusPx,
    shape,
    color,
    outline,
  }: { x: number; y: number; radiusPx: number; shape: StarShape; color: string; outline: string },
): void {
  context.beginPath();
  if (shape === "circle") context.arc(x, y, radiusPx, 0, 2 * Math.PI);
  else {
    const { count, turn } = CORNERS[shape];
    for (let corner = 0; corner < count; corner += 1) {
      const angle = turn + (corner / count) * 2 * Math.PI;
      context.lineTo(x + Math.cos(angle) * radiusPx, y + Math.sin(angle) * radiusPx);
    }
    context.closePath();
  }
  context.fillStyle = color;
  context.fill();
  context.lineWidth = 3;
  context.strokeStyle = outline;
  context.stroke();
}
