import { CanvasTexture, SRGBColorSpace } from "three";

const SIZE_PX = 64;

let texture: CanvasTexture | null = null;

/** A white bar with round ends in the middle third of a clear square, tinted by its material. One for the room. */
export function getPillTexture(): CanvasTexture {
  if (texture) return texture;
  const canvas = document.createElement("canvas");
  canvas.width = SIZE_PX * 4;
  canvas.height = SIZE_PX;
  const context = canvas.getContext("2d");
  if (context) {
    // Clear white, not clear black: the edge of the bar is blended with what is beside it.
    context.fillStyle = "rgb(255 255 255 / 0.004)";
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.fillStyle = "#fff";
    context.beginPath();
    context.roundRect(16, SIZE_PX / 2 - 8, canvas.width - 32, 16, 8);
    context.fill();
  }
  texture = new CanvasTexture(canvas);
  texture.colorSpace = SRGBColorSpace;
  return texture;
}
