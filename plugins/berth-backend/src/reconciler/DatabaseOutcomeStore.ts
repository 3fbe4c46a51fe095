import { Knex } from 'knex';
import { Outcome } from '../model/outcome';
import { OutcomeRows, recordOutcomes } from '../database/recordOutcomes';
import { recordShareOutcome } from '../database/recordShareOutcome';
import { writeUnderLease } from './leases/writeUnderLease';
import { FencingToken, OutcomeStore, Subject, SubjectOutcome } from './types';

type Tenant = Exclude<Subject, { type: 'share' }>;

/** Writes outcomes to the rows of their subjects, all or none, under the cluster's lease. */
export class DatabaseOutcomeStore implements OutcomeStore {
  readonly #knex: Knex;

  readonly #onChange: () => void;

  static create(
    knex: Knex,
    onChange: () => void = () => {},
  ): DatabaseOutcomeStore {
    return new DatabaseOutcomeStore(knex, onChange);
  }

  private constructor(knex: Knex, onChange: () => void) {
    this.#knex = knex;
    this.#onChange = onChange;
  }

  async record(
    fencingToken: FencingToken,
    outcomes: SubjectOutcome[],
  ): Promise<void> {
    await writeUnderLease(this.#knex, fencingToken, async transaction => {
      const { clusterId } = fencingToken;
      const alike = new Map<string, { rows: OutcomeRows; outcome: Outcome }>();
      for (const { subject, outcome } of outcomes) {
        if (subject.type === 'share') {
          await recordShareOutcome(
            transaction,
            clusterId,
            subject.group,
            outcome,
          );
          continue;
        }
        const { value, ...rows } = rowOf(clusterId, subject);
        const { state, cause, message } = outcome;
        const key = JSON.stringify([rows.table, state, cause, message]);
        const known = alike.get(key);
        if (known) {
          known.rows.values.push(value);
        } else {
          alike.set(key, { rows: { ...rows, values: [value] }, outcome });
        }
      }
      for (const { rows, outcome } of alike.values()) {
        await recordOutcomes(transaction, rows, outcome);
      }
    });
    this.#onChange();
  }
}

function rowOf(
  clusterId: string,
  subject: Tenant,
): Omit<OutcomeRows, 'values'> & { value: string } {
  const ofCluster = { cluster_id: clusterId };
  switch (subject.type) {
    case 'namespace':
      return {
        table: 'namespaces',
        where: ofCluster,
        column: 'name',
        value: subject.name,
      };
    case 'grant':
      return {
        table: 'grants',
        where: ofCluster,
        column: 'id',
        value: subject.id,
      };
    default:
      return {
        table: 'quotas',
        where: ofCluster,
        column: 'namespace',
        value: subject.namespace,
      };
  }
}
