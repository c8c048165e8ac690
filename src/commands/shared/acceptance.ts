import type { CheckedFile } from '../../analysis/gates.js';
import { acceptFindings, checkWaivers, type Waiver, waiverOfError } from '../../analysis/waivers.js';
import type { Catalogue } from '../../catalogue/catalogue.js';
import { type Diagnostic, hasErrors } from '../../diagnostics/diagnostic.js';
import type { Config } from '../../files/config.js';
import type { Session } from './command.js';

/** Applies the waivers of a config to the findings, file by file, and says what is wrong with the waivers. */
export class Acceptance {
  private readonly ids = new Set<string>();
  private readonly refused = new Set<Waiver>();

  constructor(
    private readonly config: Pick<Config, 'accept' | 'locate'> | null,
    private readonly configFile: string | null,
    private readonly session: Session,
  ) {}

  /** A catalogue whose criteria and fields waivers may name. */
  knows(catalogue: Catalogue | null | undefined): void {
    if (!catalogue) return;
    for (const { id } of [...catalogue.fields, ...catalogue.criteria]) this.ids.add(id);
  }

  /** Findings of one document, the accepted ones marked. */
  apply(diagnostics: readonly Diagnostic[], catalogue: Catalogue | null): Diagnostic[] {
    this.knows(catalogue);
    const waivers = this.config?.accept ?? [];
    const ids = catalogue?.criteria.map((c) => c.id) ?? [];
    const { findings, refused } = acceptFindings(diagnostics, waivers, ids, this.session.today);
    for (const waiver of refused) this.refused.add(waiver);
    return findings;
  }

  /** What is wrong with the waivers, once every file has been looked at: errors, or a file of warnings. */
  end(): { errors: Diagnostic[]; checked: CheckedFile[] } {
    if (!this.config || this.configFile === null) return { errors: [], checked: [] };
    const { messages, today } = this.session;
    const problems = this.config.locate([
      ...checkWaivers(this.config.accept, Object.keys(messages.diagnostics), this.ids, today),
      ...[...this.refused].map(waiverOfError),
    ]);
    if (hasErrors(problems)) return { errors: problems, checked: [] };
    return {
      errors: [],
      checked: problems.length > 0 ? [{ file: this.configFile, diagnostics: problems }] : [],
    };
  }
}
