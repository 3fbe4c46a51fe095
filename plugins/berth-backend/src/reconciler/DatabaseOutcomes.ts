import { Knex } from 'knex';
import { DatabaseShareStore } from '../registry';
import { DatabaseTenancy } from '../tenancy/DatabaseTenancy';
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
      const { clusterId } = fence;
      const shares = DatabaseShareStore.create(transaction);
      const tenancy = DatabaseTenancy.create(transaction);
      for (const { subject, outcome } of outcomes) {
        switch (subject.type) {
          case 'share':
            await shares.setOutcome(clusterId, subject.group, outcome);
            break;
          case 'namespace':
            await tenancy.namespaces.setOutcome(
              { clusterId, name: subject.name },
              outcome,
            );
            break;
          case 'grant':
            await tenancy.grants.setOutcome(subject.id, outcome);
            break;
          default:
            await tenancy.quotas.setOutcome(
              { clusterId, name: subject.namespace },
              outcome,
            );
        }
      }
    });
  }
}
