import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Request } from 'express';
import { audited } from './audited';
import { ActivityAuditor } from './ActivityAuditor';
import { Activity, ActivityEnd } from './types';

const request = {
  headers: { authorization: mockCredentials.user.header('user:default/ada') },
} as Request;

const ADMIN = { uid: 'uid-of-ada', admin: true, groups: [] as string[] };

const OWNER = { user: 'user:default/alice', uid: 'uid-of-alice' };

function setUp(
  ...[person]: [person?: { uid?: string; admin: boolean; groups: string[] }]
) {
  const begun: Activity[] = [];
  const ended: ActivityEnd[] = [];
  const end = jest.fn(async (how: ActivityEnd) => {
    ended.push(how);
  });
  const begin = jest.fn(async (activity: Activity) => {
    begun.push(activity);
    return { end };
  });
  const event = { success: jest.fn(), fail: jest.fn() };
  const audit = mockServices.auditor.mock({ createEvent: async () => event });
  const logger = mockServices.logger.mock();
  const auditor = ActivityAuditor.create({
    auditor: audit,
    activity: { begin, record: jest.fn() },
    httpAuth: mockServices.httpAuth(),
    logger,
    clusterId: async name => (name === 'prod01' ? 'C1' : undefined),
    holdersOf: async (id, namespace) =>
      namespace === 'personal'
        ? { groups: [], owner: OWNER }
        : { groups: [`group:${id.toLowerCase()}/${namespace}`] },
    identified: () => undefined,
    person: async () => person,
  });
  const run = <T>(
    action: () => Promise<{ result: T; meta?: any }>,
    meta: any = { cluster: 'prod01' },
  ) =>
    audited(
      auditor,
      { eventId: 'it-happens', severityLevel: 'low', request, meta },
      action,
    );
  return { audit, auditor, begin, begun, end, ended, event, logger, run };
}

describe('ActivityAuditor', () => {
  it('S47 records a person whose request has no credentials of the portal', async () => {
    const { audit, auditor, begun, ended } = setUp(ADMIN);
    const event = await auditor.actingAs('user:acme/bob').createEvent({
      eventId: 'it-happens',
      severityLevel: 'low',
      request,
      meta: { cluster: 'prod01', namespace: 'web' },
    });
    await event.success({ meta: { status: 200 } });
    expect(begun).toEqual([
      {
        actor: 'user:acme/bob',
        event: 'it-happens',
        cluster: 'prod01',
        clusterId: 'C1',
        namespace: 'web',
        groups: [],
      },
    ]);
    expect(ended).toMatchObject([
      { outcome: 'Succeeded', groups: ['group:c1/web'], meta: { status: 200 } },
    ]);
    expect(audit.createEvent).toHaveBeenCalledWith({
      eventId: 'it-happens',
      severityLevel: 'low',
      meta: { cluster: 'prod01', namespace: 'web', actor: 'user:acme/bob' },
    });
  });

  it.each([
    ['an admin, from the start', ADMIN, OWNER],
    ['another person, if it succeeds', undefined, undefined],
  ])(
    'S21 names the owner of a personal namespace in an action of %s',
    async (_, person, atStart) => {
      const { begun, ended, run } = setUp(person);
      const meta = { cluster: 'prod01', namespace: 'personal' };
      await run(async () => ({ result: 1 }), meta);
      await expect(
        run(async () => {
          throw new Error('no');
        }, meta),
      ).rejects.toThrow('no');
      expect(begun.map(({ owner }) => owner)).toEqual([atStart, atStart]);
      expect(ended.map(({ owner }) => owner)).toEqual([OWNER, undefined]);
    },
  );

  it('S47 records actor and action before the action, and the end after it', async () => {
    const { begun, ended, run } = setUp(ADMIN);
    const result = await run(
      async () => {
        expect(begun).toEqual([
          {
            actor: 'user:default/ada',
            actorUid: 'uid-of-ada',
            event: 'it-happens',
            cluster: 'prod01',
            clusterId: 'C1',
            namespace: 'web',
            groups: ['group:c1/web'],
          },
        ]);
        return {
          result: 'done',
          meta: { jti: 'J1', added: ['group:default/team-a'] },
        };
      },
      { cluster: 'prod01', namespace: 'web' },
    );
    expect(result).toBe('done');
    expect(ended).toEqual([
      {
        outcome: 'Succeeded',
        cluster: 'prod01',
        clusterId: 'C1',
        namespace: 'web',
        jti: 'J1',
        groups: ['group:c1/web', 'group:default/team-a'],
        meta: { added: ['group:default/team-a'] },
      },
    ]);
  });

  it('S47 records failures and their reasons', async () => {
    const { ended, event, run } = setUp(ADMIN);
    await expect(
      run(async () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(ended).toMatchObject([{ outcome: 'Failed', error: 'no' }]);
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it('S47 prevents an action that could not be recorded before', async () => {
    const { begin, logger, run } = setUp(ADMIN);
    begin.mockRejectedValue(new Error('the database is gone'));
    const action = jest.fn(async () => ({ result: 1 }));
    await expect(run(action)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
    expect(action).not.toHaveBeenCalled();
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('reports the actual result of an action whose end could not be recorded', async () => {
    const { end, event, logger, run } = setUp(ADMIN);
    end.mockRejectedValue(new Error('the database is gone'));
    await expect(run(async () => ({ result: 'done' }))).resolves.toBe('done');
    expect(event.success).toHaveBeenCalledTimes(1);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('S47 returns no token whose jti could not be recorded', async () => {
    const { end, event, run } = setUp(ADMIN);
    end.mockRejectedValue(new Error('the database is gone'));
    await expect(
      run(async () => ({ result: 'token', meta: { jti: 'J1' } })),
    ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
    expect(event.success).not.toHaveBeenCalled();
    expect(event.fail).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a stranger', { admin: false, groups: ['group:default/other'] }, []],
    ['a person who is not known', undefined, []],
    [
      'a member of one of two groups',
      { admin: false, groups: ['group:c1/web'] },
      ['group:c1/web'],
    ],
    [
      'an admin',
      { admin: true, groups: [] },
      ['group:default/team-a', 'group:c1/web'],
    ],
  ])(
    'shows the refused attempts of %s to no other groups than theirs',
    async (_who, person, groups) => {
      const { begun, ended, run } = setUp(person);
      await expect(
        run(
          async () => {
            throw new Error('no');
          },
          {
            cluster: 'prod01',
            namespace: 'web',
            group: 'group:default/team-a',
          },
        ),
      ).rejects.toThrow('no');
      expect(begun[0].groups).toEqual(groups);
      expect(ended).toMatchObject([{ outcome: 'Failed' }]);
      expect(ended[0]).not.toHaveProperty('groups');
    },
  );

  it('shows successes to all groups that they touched, including deleted ones', async () => {
    const { begun, ended, run } = setUp({ admin: false, groups: [] });
    await run(async () => ({ result: 1, meta: { namespace: '' } }), {
      cluster: 'prod01',
      namespace: 'web',
    });
    expect(begun[0].groups).toEqual([]);
    expect(ended[0].groups).toEqual(['group:c1/web']);
  });

  it('does not look up texts that are not valid names', async () => {
    const { begun, run } = setUp(ADMIN);
    await run(async () => ({ result: 1 }), {
      cluster: 'prod01\0',
      clusterId: 'C1',
      namespace: '../x',
    });
    expect(begun[0]).toMatchObject({
      cluster: 'prod01\0',
      namespace: '../x',
      groups: [],
    });
  });
});
