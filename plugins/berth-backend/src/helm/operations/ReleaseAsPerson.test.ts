import { ReleaseReader } from '../releases/ReleaseReader';
import { storageName } from '../releases/storedRevision';
import { HelmWrite } from '../runner';
import { readReleaseState } from './ReleaseAsPerson';
import { OperationRecord } from './types';

const revision = (number: number, status: string) => ({
  ...{ revision: number, status, namespace: 'shop' },
  objectName: storageName('web', number),
});
const reader = {
  revisions: async () => [
    revision(5, 'pending-rollback'),
    revision(4, 'failed'),
    revision(3, 'deployed'),
  ],
} as unknown as ReleaseReader;
const OPERATION = {
  ...{ kind: 'upgrade', release: 'web', baseRevision: 3 },
  options: { rollbackOnFailure: true },
} as unknown as OperationRecord;
const created = (number: number, more: Partial<HelmWrite> = {}): HelmWrite => ({
  ...{ verb: 'create', group: '', resource: 'secrets', namespace: 'shop' },
  ...{ name: storageName('web', number), status: 201, auditId: 'id', ...more },
});

describe('the revision with which helm undoes an upgrade', () => {
  const ownOf = async (
    known: Parameters<typeof readReleaseState>[3],
    operation = OPERATION,
  ) => (await readReleaseState(reader, operation, undefined, known)).undo?.own;

  it.each<[string, boolean, Parameters<typeof readReleaseState>[3]]>([
    ['that helm made', true, { writes: [created(4), created(5)] }],
    ['of a colleague', false, { writes: [created(4)] }],
    [
      'that the cluster refused to helm',
      false,
      { writes: [created(4), created(5, { status: 409 })] },
    ],
    [
      'without an answer',
      false,
      { writes: [created(4), created(5, { status: 502 })] },
    ],
    [
      'whose creation another replica has recorded',
      true,
      { lines: ['Created Secret sh.helm.release.v1.web.v5 in shop'] },
    ],
    [
      'whose creation nobody has recorded',
      false,
      { lines: ['Created Secret sh.helm.release.v1.web.v4 in shop'] },
    ],
    ['without a record', false, {}],
  ])('H19 %s is its own: %s', async (_, own, known) => {
    expect(await ownOf(known)).toBe(own);
  });

  it('H19 is not looked for if helm undoes nothing', async () => {
    const writes = [created(4), created(5)];
    const operation = { ...OPERATION, options: {} };
    expect(await ownOf({ writes }, operation)).toBeUndefined();
    const rollback = { ...OPERATION, kind: 'rollback' as const };
    expect(await ownOf({ writes }, rollback)).toBeUndefined();
  });
});
