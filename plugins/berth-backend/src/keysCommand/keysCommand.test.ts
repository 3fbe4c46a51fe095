import { TestDatabases } from '@backstage/backend-test-utils';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import {
  otherSecret,
  Portal,
  Portals,
  Run,
  SECRET,
  type,
} from './__testUtils__';

jest.setTimeout(120_000);

const command = resolvePackagePath(
  '@berth/plugin-berth-backend',
  'bin/berth-keys',
);

/** Runs the command in its own process, like an operator. */
function execute(...argv: string[]): Promise<Run> {
  return new Promise(resolve => {
    execFile(
      process.execPath,
      [command, ...argv],
      { env: { ...process.env, NODE_ENV: 'production' }, timeout: 60_000 },
      (error, output, errors) =>
        resolve({ code: Number(error?.code ?? 0), output, errors }),
    );
  });
}

describe('berth-keys', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
  const portals = new Portals(databases);

  afterEach(() => portals.cleanUp());

  function run(portal: Portal, ...argv: string[]) {
    return type(['--config', portal.configFile, ...argv]);
  }

  describe.each(databases.eachSupportedId() as ['SQLITE_3' | 'POSTGRES_15'][])(
    'on %s',
    id => {
      it('S15 revokes from its own process, and a running replica follows', async () => {
        const { configFile, keyRing } = await portals.start(id);
        const [active, standby] = await keyRing.list();

        const revoked = await execute(
          'revoke',
          active.kid,
          '--yes',
          '--config',
          configFile,
        );
        expect(revoked.errors).toContain('Done.');
        expect(revoked.code).toBe(0);
        expect(revoked.output).toMatch(new RegExp(`${active.kid} +revoked`));
        expect(revoked.output).toMatch(new RegExp(`${standby.kid} +active`));

        jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 5_001);
        try {
          expect((await keyRing.signingKey()).kid).toBe(standby.kid);
          const { jwks } = await keyRing.publishedKeys();
          expect(jwks.keys.map(({ kid }) => kid)).not.toContain(active.kid);
        } finally {
          jest.restoreAllMocks();
        }
      });

      it('lists and rotates without printing a private key', async () => {
        const portal = await portals.start(id);
        const [active, standby] = await portal.keyRing.list();
        const listed = await run(portal, 'list', '--json');
        expect(JSON.parse(listed.output)).toMatchObject([
          { kid: active.kid, state: 'active' },
          { kid: standby.kid, state: 'next' },
        ]);
        const rotated = await run(portal, 'rotate', '--yes', '--json');
        const after = JSON.parse(rotated.output);
        expect(after).toHaveLength(3);
        expect(after[1]).toMatchObject({
          kid: standby.kid,
          activatesAt: expect.any(String),
        });
        expect([listed.code, rotated.code]).toEqual([0, 0]);
        const printed = [listed, rotated].map(({ output }) => output).join('');
        expect(printed).not.toContain(SECRET);
        expect(printed).not.toMatch(/private|"d"|eyJ/);
      });

      it('S15 revokes all keys and leaves a ring that signs', async () => {
        const portal = await portals.start(id);
        const before = await portal.keyRing.list();
        const { code, output } = await run(
          portal,
          'revoke',
          '--all',
          '--yes',
          '--json',
        );
        expect(code).toBe(0);
        const states = JSON.parse(output).map((key: any) => key.state);
        expect(states).toEqual(['revoked', 'revoked', 'active', 'next']);
        const rows = await portal.client('signing_keys').whereIn(
          'kid',
          before.map(({ kid }) => kid),
        );
        expect(rows.map(row => row.private_jwk_encrypted)).toEqual([
          null,
          null,
        ]);
      });

      it('S47 records operator and host in the activity log', async () => {
        const portal = await portals.start(id);
        const [{ kid }] = await portal.keyRing.list();
        await run(portal, 'list');
        await run(portal, 'revoke', kid, '--yes');
        const [entry, ...others] = await portal.client('activity');
        expect(others).toEqual([]);
        expect(entry).toMatchObject({
          actor: 'system:berth-keys',
          event: 'key-revoke',
          outcome: 'Succeeded',
        });
        expect(JSON.parse(entry.meta)).toEqual({
          kids: [kid],
          operator: userInfo().username,
          host: hostname(),
        });
      });

      it('S15 revokes although the activity log cannot be written, and reports it', async () => {
        const portal = await portals.start(id);
        const [{ kid }] = await portal.keyRing.list();
        await portal.client.schema.dropTable('activity_groups');
        await portal.client.schema.dropTable('activity');
        const { code, errors } = await run(portal, 'revoke', kid, '--yes');
        expect(code).toBe(0);
        expect(errors).toContain('Cannot write the activity log');
        expect((await portal.keyRing.list())[0].state).toBe('revoked');
      });

      it("S12 changes nothing with another secret than the backend's", async () => {
        const portal = await portals.start(id);
        const before = await portal
          .client('signing_keys')
          .orderBy('generation');
        const configFile = await portals.configure({
          database: portal.database,
          keys: { encryptionSecret: otherSecret() },
        });
        const { code, errors } = await type([
          'rotate',
          '--yes',
          '--config',
          configFile,
        ]);
        expect(code).toBe(1);
        expect(errors).toContain('cannot be decrypted');
        expect(errors).toContain('berth.keys.encryptionSecret');
        expect(
          await portal.client('signing_keys').orderBy('generation'),
        ).toEqual(before);
      });
    },
  );

  it('asks, and accepts only yes as an answer', async () => {
    const portal = await portals.start('SQLITE_3');
    const [{ kid }] = await portal.keyRing.list();
    const argv = ['--config', portal.configFile, 'revoke', kid];
    const refused = await type(argv, 'y');
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain(`${kid} (active) will be withdrawn`);
    expect(refused.errors).toContain('Nothing was changed');
    expect((await portal.keyRing.list())[0].state).toBe('active');

    expect((await type(argv, 'yes')).code).toBe(0);
    expect((await portal.keyRing.list())[0].state).toBe('revoked');
    const again = await type(argv, 'yes');
    expect(again).toMatchObject({ code: 0 });
    expect(again.errors).toContain('already revoked');
  });

  it('changes nothing without --yes if the input is not a terminal', async () => {
    const { code, errors } = await type(['rotate']);
    expect(code).toBe(2);
    expect(errors).toContain('--yes');
  });

  it('names keys that do not exist', async () => {
    const portal = await portals.start('SQLITE_3');
    const { code, errors } = await run(portal, 'revoke', 'nobody', '--yes');
    expect(code).toBe(1);
    expect(errors).toContain('There is no signing key nobody');
  });

  it('exits with 2 and a hint at --help for wrong usage, and with 0 for help', async () => {
    const wrong = await execute('remove');
    expect(wrong.code).toBe(2);
    expect(wrong.errors).toContain('There is no command "remove"');
    const help = await execute('--help');
    expect(help.code).toBe(0);
    expect(help.output).toContain('berth-keys revoke KID');
  });

  const keys = { encryptionSecret: SECRET };
  it.each([
    [
      'an unreachable database',
      { client: 'pg', connection: { host: '127.0.0.1', port: 9 } },
      'The database cannot be used',
    ],
    [
      'a database in memory',
      { client: 'better-sqlite3', connection: ':memory:' },
      'in memory',
    ],
    [
      'a database that is not there',
      {
        client: 'better-sqlite3',
        connection: { directory: '/nowhere/at-all' },
      },
      'There is no database',
    ],
  ])('reports %s', async (_, database, message) => {
    const file = await portals.configure({ database, keys });
    const { code, errors } = await type(['list', '--config', file]);
    expect(code).toBe(1);
    expect(errors).toContain(message);
  });

  it('reports a database that no backend has used', async () => {
    const directory = await portals.directory();
    await writeFile(join(directory, 'berth.sqlite'), '');
    const file = await portals.configure({
      database: { client: 'better-sqlite3', connection: { directory } },
      keys,
    });
    const { code, errors } = await type(['list', '--config', file]);
    expect(code).toBe(1);
    expect(errors).toContain('The database has no signing keys');
  });

  it('reports a missing configuration file', async () => {
    const { code, errors } = await type(['list', '--config', 'absent.yaml']);
    expect(code).toBe(1);
    expect(errors).toContain('absent.yaml');
  });
});
