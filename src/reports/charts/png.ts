const SCALE = 2;

/** An SVG as PNG, at twice its size for print; letters are the system's. */
export async function pngOf(svg: string): Promise<Uint8Array> {
  // A library of the machine: a build in one file has it not, and must not ask for it before it is needed.
  const { Resvg } = await import('@resvg/resvg-js');
  const font = { loadSystemFonts: true, defaultFontFamily: 'DejaVu Sans' };
  return new Resvg(svg, { fitTo: { mode: 'zoom', value: SCALE }, font }).render().asPng();
}
