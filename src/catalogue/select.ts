import { fold, nearest } from '../diagnostics/suggest.js';
import type { Catalogue, Criterion, Field, Owner } from './catalogue.js';

/** The criterion with this id, or the id that may have been meant. */
export function findCriterion(catalogue: Catalogue, id: string): Criterion | { suggestion?: string } {
  const wanted = id.normalize('NFC').trim();
  const found =
    catalogue.criteria.find((c) => c.id === wanted) ??
    catalogue.criteria.find((c) => fold(c.id) === fold(wanted));
  return (
    found ?? {
      suggestion: nearest(
        wanted,
        catalogue.criteria.map((c) => c.id),
      ),
    }
  );
}

/** The owner with this name, alias or English name, in any case and with or without diacritics. */
export function findOwner(catalogue: Catalogue, name: string): Owner | { suggestion?: string } {
  const wanted = fold(name);
  const names = (o: Owner) => [o.id, o.name.en ?? '', ...o.aliases].filter(Boolean);
  const found = catalogue.owners.find((o) => names(o).some((n) => fold(n) === wanted));
  return found ?? { suggestion: nearest(name, catalogue.owners.flatMap(names)) };
}

/** The field with this id or name. */
export function findField(catalogue: Catalogue, name: string): Field | { suggestion?: string } {
  const wanted = fold(name);
  const found = catalogue.fields.find((f) =>
    [f.id, f.name.vi, f.name.en ?? ''].some((n) => fold(n) === wanted),
  );
  return (
    found ?? {
      suggestion: nearest(
        name,
        catalogue.fields.flatMap((f) => [f.id, f.name.vi]),
      ),
    }
  );
}

/** Criteria of a field and of an owner; null is any. */
export function selectCriteria(catalogue: Catalogue, field: Field | null, owner: Owner | null): Criterion[] {
  return catalogue.criteria.filter(
    (c) => (!field || c.field === field.id) && (!owner || c.owners.includes(owner.id)),
  );
}
