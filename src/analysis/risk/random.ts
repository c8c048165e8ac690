/**
 * A stream of random whole numbers (sfc32: 32-bit integer steps alone, so every machine draws the same).
 * Streams of different (seed, factor, block) are independent, so blocks may run in any order and anywhere.
 */
export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private d = 1;

  constructor(seed: number, factor: number, block: number) {
    this.a = mix(seed);
    this.b = mix(this.a ^ factor);
    this.c = mix(this.b ^ block);
    for (let i = 0; i < 12; i++) this.next();
  }

  /** A whole number from 0 to 2^32 − 1. */
  next(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (this.c << 21) | (this.c >>> 11);
    this.c = (this.c + t) | 0;
    return t >>> 0;
  }

  /** A share strictly between 0 and 1. */
  share(): number {
    return (this.next() + 0.5) / 4_294_967_296;
  }
}

/** Spreads the bits of a whole number (the finaliser of MurmurHash3). */
function mix(n: number): number {
  let h = (n + 0x9e37_79b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85eb_ca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2_ae35);
  return h ^ (h >>> 16);
}
