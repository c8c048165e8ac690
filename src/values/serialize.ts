import { Fraction, numerator } from './fraction.js';
import { Sourced } from './provenance.js';

/** Parsed data (a catalogue, a reading, a league) as JSON text that keeps its fractions exact. */
export function serialize(data: unknown): string {
  return JSON.stringify(toPlain(data));
}

/** The data that serialized text holds; equal to what was serialized. */
export function deserialize<T>(json: string): T {
  return fromPlain(JSON.parse(json)) as T;
}

function toPlain(value: unknown): unknown {
  if (value instanceof Fraction) return { $f: `${numerator(value)}/${value.d}` };
  if (value instanceof Sourced) return { $s: [toPlain(value.value), toPlain(value.provenance ?? null)] };
  if (value instanceof Map) return { $m: [...value].map(toPlain) };
  if (Array.isArray(value)) return value.map(toPlain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toPlain(item)]));
}

function fromPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromPlain);
  if (typeof value !== 'object' || value === null) return value;
  const { $f, $s, $m } = value as { $f?: string; $s?: [unknown, unknown]; $m?: [unknown, unknown][] };
  if ($m !== undefined) return new Map(fromPlain($m) as [unknown, unknown][]);
  if ($f !== undefined) {
    const [top, bottom] = $f.split('/');
    return new Fraction(BigInt(top!), BigInt(bottom!));
  }
  if ($s !== undefined) {
    return new Sourced(
      fromPlain($s[0]) as Fraction,
      (fromPlain($s[1]) ?? undefined) as Sourced['provenance'],
    );
  }
  const object = value as Record<string, unknown>;
  for (const key of Object.keys(object)) object[key] = fromPlain(object[key]);
  return object;
}
