import { ObjectView } from '@berth/plugin-berth-common';
import {
  EditedKey,
  changeOf,
  keyProblem,
  keysOf,
  knowTheirs,
  versionsOf,
} from './dataEdit';
import { sizeOf, valueOfBytes, withLineEnds } from './values';

const view = (
  kind: string,
  content: object,
  more: object = {},
): ObjectView => ({
  object: {
    apiVersion: 'v1',
    kind,
    metadata: { name: 'shop', namespace: 'team-a', resourceVersion: '7' },
    ...content,
  },
  managers: [],
  keptByBerth: false,
  ...more,
});
const settings = view('ConfigMap', {
  data: { mode: 'dark', port: '80' },
  binaryData: { logo: 'AP+A' },
});
const login = view(
  'Secret',
  { data: { user: '', password: '' } },
  {
    secretKeys: [
      { key: 'user', bytes: 5 },
      { key: 'password', bytes: 9 },
    ],
  },
);
const text = (of: string) => ({ kind: 'text', text: of } as const);

function edited(of: ObjectView, ...changes: EditedKey[]) {
  const keys = keysOf(of).map(known => ({
    ...known,
    ...changes.find(({ key }) => key === known.key),
  }));
  const added = changes.filter(
    ({ key }) => !keys.some(known => known.key === key),
  );
  const { base, yaml } = versionsOf(of, [...keys, ...added]);
  const parts = (version: string) => {
    const { data, binaryData } = JSON.parse(version);
    return { data, binaryData };
  };
  return { base: parts(base), wanted: parts(yaml) };
}

describe('versionsOf', () => {
  it('holds only the keys that change', () => {
    expect(edited(settings, { key: 'port', now: text('8080') })).toEqual({
      base: { data: { port: '80' }, binaryData: {} },
      wanted: { data: { port: '8080' }, binaryData: {} },
    });
    expect(edited(settings, { key: 'port', now: undefined })).toEqual({
      base: { data: { port: '80' }, binaryData: {} },
      wanted: { data: {}, binaryData: {} },
    });
    expect(edited(settings, { key: 'logo', now: text('none') })).toEqual({
      base: { data: {}, binaryData: { logo: 'AP+A' } },
      wanted: { data: { logo: 'none' }, binaryData: {} },
    });
  });

  it('adds the first key of an object', () => {
    expect(
      edited(view('ConfigMap', {}), { key: 'mode', now: text('dark') }),
    ).toEqual({ base: {}, wanted: { data: { mode: 'dark' } } });
  });

  it('encodes the values of a Secret, and compares none', () => {
    const revealed = { before: text('old'), now: text('ü') };
    expect(edited(login, { key: 'password', ...revealed })).toEqual({
      base: { data: { password: '' } },
      wanted: { data: { password: 'w7w=' } },
    });
    expect(edited(login, { key: 'password', now: text('') })).toEqual({
      base: { data: {} },
      wanted: { data: { password: '' } },
    });
    expect(edited(login, { key: 'user', now: undefined })).toEqual({
      base: { data: { user: '' } },
      wanted: { data: {} },
    });
  });

  it('names the version that the person saw', () => {
    expect(JSON.parse(versionsOf(login, []).base).metadata).toEqual({
      name: 'shop',
      namespace: 'team-a',
      resourceVersion: '7',
    });
  });
});

describe('knowTheirs', () => {
  it('compares the keys of conflicts with the values of others, and only these', () => {
    const changed = keysOf(settings).map(known => ({
      ...known,
      now: text('mine'),
    }));
    const latest = view('ConfigMap', {
      data: { mode: 'light', port: '81' },
      binaryData: { logo: 'AP8=' },
    });
    const known = knowTheirs(changed, ['data["port"]'], latest);
    expect(JSON.parse(versionsOf(latest, known).base)).toMatchObject({
      data: { mode: 'dark', port: '81' },
      binaryData: { logo: 'AP+A' },
    });
  });

  it('leaves other keys of a field that others added', () => {
    const added = [{ key: 'mode', now: text('dark') }];
    const latest = view('ConfigMap', { data: { mode: 'light', port: '80' } });
    const known = knowTheirs(added, ['data'], latest);
    const { base, yaml } = versionsOf(latest, known);
    expect(JSON.parse(base).data).toEqual({ mode: 'light' });
    expect(JSON.parse(yaml).data).toEqual({ mode: 'dark' });
  });

  it('keeps a value that others removed as a new one', () => {
    const [password] = keysOf(login);
    const latest = view('Secret', { data: {} }, { secretKeys: [] });
    expect(
      knowTheirs([{ ...password, now: text('me') }], ['data.password'], latest),
    ).toEqual([{ key: 'password', before: undefined, now: text('me') }]);
  });
});

it('knows what an edit does to a key', () => {
  const key = 'key';
  expect(changeOf({ key, before: text('a'), now: text('a') })).toBeUndefined();
  expect(changeOf({ key, before: text('a'), now: text('b') })).toBe('changed');
  expect(changeOf({ key, before: text('a') })).toBe('removed');
  expect(changeOf({ key, now: text('') })).toBe('added');
  expect(changeOf({ key })).toBeUndefined();
  const [hidden] = keysOf(login);
  expect(changeOf(hidden)).toBeUndefined();
  expect(changeOf({ ...hidden, now: text('') })).toBe('changed');
});

it.each([
  ['', 'empty'],
  ['a b', 'characters'],
  ['..data', 'dots'],
  ['port', 'taken'],
  ['x'.repeat(254), 'long'],
  ['tls.crt', undefined],
])('checks the name %j of a key', (name, problem) => {
  expect(keyProblem(name, keysOf(settings))).toBe(problem);
});

describe('the content of a file', () => {
  it.each([
    ['text', [195, 188], { kind: 'text', text: 'ü' }, 2],
    ['bytes', [0, 255, 128], { kind: 'bytes', base64: 'AP+A' }, 3],
    [
      'text with a null character',
      [97, 0],
      { kind: 'bytes', base64: 'YQA=' },
      2,
    ],
  ])('is %s', (_, bytes, value, size) => {
    const found = valueOfBytes(Uint8Array.from(bytes));
    expect(found).toEqual(value);
    expect(sizeOf(found)).toBe(size);
  });
});

it('keeps the line ends of a text where the person did not change them', () => {
  expect(withLineEnds('a\nb\nc', 'a\r\nb')).toBe('a\r\nb\r\nc');
  expect(withLineEnds('a\nb', 'a\nb')).toBe('a\nb');
  // Line ends of both kinds.
  expect(withLineEnds('a\nbc\nd\n', 'a\nb\r\nd\r')).toBe('a\nbc\r\nd\r');
  expect(withLineEnds('a\nb\nc\nd\n', 'a\nb\r\nd\r\n')).toBe(
    'a\nb\r\nc\nd\r\n',
  );
  expect(withLineEnds('b\nd\n', 'a\nb\r\nd\r\n')).toBe('b\r\nd\r\n');
  expect(withLineEnds('', 'a\r\n')).toBe('');
});
