import { Fraction, numerator } from '../exact/fraction.js';
import { Sourced } from '../shapes/provenance.js';
import type { Catalogue } from './catalogue.js';

/** A parsed catalogue as JSON text, for a build that compiles catalogues ahead. */
export function freeze(catalogue: Catalogue): string {
  return JSON.stringify(plain(catalogue));
}

/** The catalogue that a frozen text holds; equal to what parsing its YAML gives. */
export function thaw(frozen: string): Catalogue {
  return live(JSON.parse(frozen)) as Catalogue;
}

function plain(value: unknown): unknown {
  if (value instanceof Fraction) return { $f: `${numerator(value)}/${value.d}` };
  if (value instanceof Sourced) return { $s: [plain(value.value), plain(value.provenance ?? null)] };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function live(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(live);
  if (typeof value !== 'object' || value === null) return value;
  const { $f, $s } = value as { $f?: string; $s?: [unknown, unknown] };
  if ($f !== undefined) {
    const [top, bottom] = $f.split('/');
    return new Fraction(BigInt(top!), BigInt(bottom!));
  }
  if ($s !== undefined) {
    return new Sourced(live($s[0]) as Fraction, (live($s[1]) ?? undefined) as Sourced['provenance']);
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) object[key] = live(object[key]);
  return object;
}
