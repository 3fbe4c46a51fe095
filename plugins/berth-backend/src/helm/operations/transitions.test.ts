import { conclude } from './transitions';

const operation = {
  cluster: 'prod',
  namespace: 'shop',
  release: 'web',
  baseRevision: 3,
};
const upgrade = { ...operation, kind: 'upgrade' as const };
const uninstall = { ...operation, kind: 'uninstall' as const };
const exited = (ok: boolean) => ({ type: 'exited' as const, ok });

describe('the end of an operation', () => {
  it('H19 reports the error of helm also if the release is gone', () => {
    expect(conclude(uninstall, exited(false), {})).toEqual({
      state: 'Succeeded',
      message: 'web is uninstalled, but helm reported an error',
      advice: expect.stringContaining('objects may be left'),
    });
    expect(conclude(uninstall, exited(true), {})).toEqual({
      state: 'Succeeded',
      message: 'web is uninstalled',
    });
  });

  it('H19 does not call a release unchanged that is gone', () => {
    expect(conclude(upgrade, exited(false), {})).toMatchObject({
      state: 'Failed',
      advice:
        'There is no release web in shop any more. Someone uninstalled it meanwhile',
    });
    const latest = { revision: 3, status: 'deployed' as const };
    expect(conclude(upgrade, exited(false), { latest })).toMatchObject({
      advice: 'web is unchanged at revision 3',
    });
  });

  it('H19 claims nothing of a release that could not be read', () => {
    expect(conclude(upgrade, exited(true), undefined)).toMatchObject({
      state: 'Interrupted',
      message:
        'helm reported a success, and whether web is as the upgrade should have left it is not known',
      advice: expect.stringContaining('could not be read'),
    });
  });

  describe('when helm undoes a cancelled upgrade', () => {
    const cancelled = { type: 'cancelled', by: 'user:default/ann' } as const;
    const status = 'pending-rollback' as const;
    const found = {
      latest: { revision: 5, status },
      next: { revision: 4, status: 'failed' as const, own: true },
    };

    it('H19 marks the revision of the undo as failed', () => {
      expect(
        conclude(upgrade, cancelled, {
          ...found,
          undo: { revision: 5, status, own: true },
        }),
      ).toMatchObject({ unlock: 5, revision: 4, state: 'Cancelled' });
    });

    it.each([
      ['of someone else', { revision: 5, status, own: false }],
      ['that is not the latest', { revision: 4, status, own: true }],
      [
        'that has ended',
        { revision: 5, status: 'deployed' as const, own: true },
      ],
      ['that is not there', undefined],
    ])('H19 leaves a revision %s as it is', (_, undo) => {
      const end = conclude(upgrade, cancelled, { ...found, undo });
      expect(end).not.toHaveProperty('unlock');
      expect(end.advice).toContain('at revision 5 now');
    });
  });
});
