import { Resvg } from '@resvg/resvg-js';

const SCALE = 2;

/** An SVG as PNG, at twice its size for print; letters are the system's. */
export function pngOf(svg: string): Uint8Array {
  const drawn = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: SCALE },
    font: { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' },
  });
  return drawn.render().asPng();
}
