import {
  mockCredentials,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import { parse } from 'yaml';
import {
  createAccessRequestAction,
  createNamespaceRequestAction,
  createQuotaRequestAction,
} from '.';
import { FakeBerth, options, runAction, step } from '../__testUtils__';

const berth = new FakeBerth();
registerMswTestHooks(berth.server);

const namespaceAction = createNamespaceRequestAction(options);
const quotaAction = createQuotaRequestAction(options);
const accessAction = createAccessRequestAction(options);

const shop = {
  cluster: 'staging',
  namespace: 'shop',
  group: 'group:default/team-a',
  sizeClass: 'small',
};

describe('berth:namespace:request', () => {
  it('makes the request as the person who runs the template, and waits until the namespace exists', async () => {
    berth.says(
      {},
      { state: 'Approved', steps: [step('Submitted'), step('Approved')] },
      { state: 'Provisioning' },
      {
        state: 'Ready',
        steps: [
          step('Submitted'),
          step('Approved', 'Welcome', 'user:default/ada'),
          step('Provisioning'),
          step('Ready'),
        ],
      },
    );
    const { output, log, error } = await runAction(namespaceAction, {
      ...shop,
      system: 'web-shop',
      purpose: 'The web shop',
      expiresAt: '2027-01-31',
    });
    expect(error).toBeUndefined();
    expect(output).toEqual({
      requestId: '01REQUEST',
      requestUrl: '/berth/requests/01REQUEST',
      state: 'Ready',
      cluster: 'staging',
      namespace: 'shop',
    });
    const [submitted, ...looks] = berth.calls;
    expect(submitted).toMatchObject({
      method: 'POST',
      path: '/requests',
      token: mockCredentials.service.header({
        onBehalfOf: mockCredentials.user('user:default/alice'),
        targetPluginId: 'berth',
      }),
      body: {
        kind: 'namespace',
        cluster: 'staging',
        namespace: 'shop',
        group: 'group:default/team-a',
        quota: { sizeClass: 'small' },
        system: 'web-shop',
        purpose: 'The web shop',
        expiresAt: '2027-01-31T23:59:59Z',
        idempotencyKey: expect.stringMatching(/^[!-~]{1,200}$/),
      },
    });
    expect(looks.map(({ path }) => path)).toEqual(
      Array(3).fill('/requests/01REQUEST'),
    );
    expect(log.filter(line => line.startsWith('Approved'))).toHaveLength(1);
    expect(log.at(-1)).toBe('Ready by system:requests');
  });

  it('continues at once without `wait`', async () => {
    berth.says({ state: 'Submitted' });
    const { output } = await runAction(namespaceAction, {
      ...shop,
      wait: false,
    });
    expect(output).toMatchObject({
      requestId: '01REQUEST',
      state: 'Submitted',
    });
    expect(berth.calls).toHaveLength(1);
  });

  it('uses the same key when the task runs again, and another key for another target, step or task', async () => {
    const keyOf = async (
      input: object,
      task = 'task-1',
      stepId = 'request',
    ) => {
      berth.says({ state: 'Ready' });
      await runAction(
        namespaceAction,
        { ...shop, ...input },
        { task: { id: task }, step: { id: stepId } },
      );
      const { idempotencyKey } = berth.calls[0].body as {
        idempotencyKey: string;
      };
      return idempotencyKey;
    };
    const key = await keyOf({});
    expect(await keyOf({})).toBe(key);
    const others = [
      await keyOf({ namespace: 'other' }),
      await keyOf({ cluster: 'prod' }),
      await keyOf({}, 'task-2'),
      await keyOf({}, 'task-1', 'second'),
    ];
    expect(new Set([key, ...others]).size).toBe(5);
    expect(await keyOf({ idempotencyKey: 'mine' })).toBe('mine');
  });

  it('fails if its key belongs to another request', async () => {
    const message = 'quota {"class":"large"} is not the quota of the request';
    berth.says({ status: 409, message });
    const { error, output } = await runAction(namespaceAction, {
      ...shop,
      idempotencyKey: 'mine',
    });
    expect(error?.message).toContain(message);
    expect(output).toEqual({});
    expect(berth.calls).toHaveLength(1);
  });

  it('reports that Berth does not answer', async () => {
    berth.says({ status: 502, message: 'Bad Gateway' });
    const { error } = await runAction(namespaceAction, shop);
    expect(error?.name).toBe('ServiceUnavailableError');
  });

  it('tries again while the portal does not answer', async () => {
    berth.says(
      {},
      { status: 503, message: 'Starting' },
      { status: 429, message: 'Slowly' },
      { state: 'Ready' },
    );
    const { output, log } = await runAction(namespaceAction, shop);
    expect(output.state).toBe('Ready');
    expect(log).toContain('Berth did not answer; trying again: Starting');
  });

  it('stops when the sign-in has ended, and reports that the request stays', async () => {
    berth.says({}, { status: 401, message: 'Token expired' });
    const { error } = await runAction(namespaceAction, shop);
    expect(error?.name).toBe('AuthenticationError');
    expect(error?.message).toMatch(
      'cannot be followed any further. It still exists: /berth/requests/01REQUEST: Token expired',
    );
    expect(berth.calls).toHaveLength(2);
  });

  it('stops waiting when its time is over', async () => {
    berth.says({});
    const { error, output } = await runAction(namespaceAction, {
      ...shop,
      timeoutMinutes: 0.001,
    });
    expect(error?.message).toMatch(
      'is Submitted after 0.001 min. It still exists: /berth/requests/01REQUEST',
    );
    expect(output.state).toBe('Submitted');
  });

  it('stops waiting when the task is cancelled', async () => {
    berth.says({});
    const cancel = new AbortController();
    setTimeout(() => cancel.abort(), 20);
    const { error } = await runAction(namespaceAction, shop, {
      signal: cancel.signal,
    });
    expect(error?.name).toBe('AbortError');
  });

  it('requests nothing in a dry run, and logs what the rules would decide', async () => {
    berth.says({});
    const { output, log } = await runAction(
      namespaceAction,
      { ...shop, system: 'web-shop' },
      { isDryRun: true },
    );
    expect(berth.calls.map(({ path }) => path)).toEqual([
      '/requests?dryRun=true',
    ]);
    expect(berth.calls[0].body).toMatchObject({ system: 'web-shop' });
    expect(berth.calls[0].body).not.toHaveProperty('idempotencyKey');
    expect(output).toMatchObject({ requestId: 'dry-run', state: 'Submitted' });
    expect(log).toEqual([
      'Dry run: the namespace shop on staging would wait for a decision by group:default/platform',
      'medium is larger than what is approved at once',
    ]);
  });

  it('requests no system if none is chosen in the form', async () => {
    berth.says({ state: 'Ready' });
    await runAction(namespaceAction, { ...shop, system: '' });
    expect(berth.calls[0].body).not.toHaveProperty('system');
  });

  it.each([
    [{ sizeClass: '' }, 'sizeClass is missing'],
    [{ hard: { pods: '1' } }, 'sizeClass and hard cannot be given together'],
    [{ limits: [] }, 'sizeClass and limits cannot be given together'],
  ])('accepts a size class or a quota: %j', async (input, message) => {
    berth.says({});
    const { error } = await runAction(namespaceAction, { ...shop, ...input });
    expect(error?.message).toMatch(message);
    expect(berth.calls).toEqual([]);
  });
});

describe('berth:quota:request', () => {
  it('requests a quota', async () => {
    berth.says({ state: 'Ready' });
    const hard = { 'requests.cpu': '4' };
    const limits = [{ type: 'Container', default: { cpu: '1' } }];
    await runAction(quotaAction, {
      cluster: 'staging',
      namespace: 'shop',
      hard,
      limits,
    });
    expect(berth.calls[0].body).toEqual({
      kind: 'quota',
      cluster: 'staging',
      namespace: 'shop',
      quota: { hard, limits },
      idempotencyKey: expect.any(String),
    });
  });
});

describe('berth:access:request', () => {
  it('requests a role, under a separate key for each group and role', async () => {
    const keys = [];
    for (const role of ['view', 'edit']) {
      berth.says({ state: 'Ready' });
      await runAction(accessAction, {
        cluster: 'staging',
        namespace: 'shop',
        group: 'team-a',
        role,
        expiresAt: '2027-01-31T12:00:00Z',
      });
      expect(berth.calls[0].body).toMatchObject({
        kind: 'grant',
        group: 'team-a',
        role,
        expiresAt: '2027-01-31T12:00:00Z',
      });
      keys.push(Reflect.get(berth.calls[0].body as object, 'idempotencyKey'));
    }
    expect(keys[0]).not.toBe(keys[1]);
  });
});

describe('the schemas', () => {
  it.each([
    ['namespace', namespaceAction],
    ['quota', quotaAction],
    ['access', accessAction],
  ])('accept the examples of %s', (_, action) => {
    for (const { example } of action.examples!) {
      const [{ action: id, input }] = parse(example).steps;
      expect(id).toBe(action.id);
      expect(validate(input, action.schema!.input!).errors).toEqual([]);
    }
  });

  it.each([
    [{ ...shop, timeoutMinutes: 600 }, 'timeoutMinutes'],
    [{ ...shop, wait: 'yes' }, 'wait'],
    [{ ...shop, idempotencyKey: 'a b' }, 'idempotencyKey'],
    [{ ...shop, hard: { pods: 3 } }, 'hard'],
    [{ ...shop, system: ['web-shop'] }, 'system'],
    [{ namespace: 'shop' }, 'cluster'],
  ])('refuse %j', (input, field) => {
    const { errors } = validate(input, namespaceAction.schema!.input!);
    expect(errors.join()).toContain(field);
  });
});
