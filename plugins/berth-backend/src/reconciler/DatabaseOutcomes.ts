import { Knex } from 'knex';
import { DatabaseShareStore } from '../registry';
import { fenced } from './leases/fenced';
import { Fence, Outcomes, SubjectOutcome } from './types';

/** Writes outcomes to the rows that they are about, all or none, behind the fence of the cluster's lease. */
export class DatabaseOutcomes implements Outcomes {
  readonly #knex: Knex;

  static create(knex: Knex): DatabaseOutcomes {
    return new DatabaseOutcomes(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async note(fence: Fence, outcomes: SubjectOutcome[]): Promise<void> {
    await fenced(this.#knex, fence, async transaction => {
      const shares = DatabaseShareStore.create(transaction);
      for (const { subject, outcome } of outcomes) {
        await shares.setOutcome(fence.clusterId, subject.group, outcome);
      }
    });
  }
}
