import { Fraction, numerator } from '../exact/fraction.js';
import { Sourced } from './provenance.js';

/** Parsed data (a catalogue, a reading, a league) as JSON text that keeps its fractions exact. */
export function freeze(data: unknown): string {
  return JSON.stringify(plain(data));
}

/** The data that a frozen text holds; equal to what was frozen. */
export function thaw<T>(frozen: string): T {
  return live(JSON.parse(frozen)) as T;
}

function plain(value: unknown): unknown {
  if (value instanceof Fraction) return { $f: `${numerator(value)}/${value.d}` };
  if (value instanceof Sourced) return { $s: [plain(value.value), plain(value.provenance ?? null)] };
  if (value instanceof Map) return { $m: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

function live(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(live);
  if (typeof value !== 'object' || value === null) return value;
  const { $f, $s, $m } = value as { $f?: string; $s?: [unknown, unknown]; $m?: [unknown, unknown][] };
  if ($m !== undefined) return new Map(live($m) as [unknown, unknown][]);
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
