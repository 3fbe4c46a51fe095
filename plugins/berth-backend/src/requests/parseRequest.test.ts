import { RequestKind } from '@berth/plugin-berth-common';
import {
  grantSpec,
  namespaceSpec,
  quotaSpec,
  TEAM_A,
} from './__testUtils__/portal';
import {
  parseSpec,
  parseDecision,
  parseRequestQuery,
  parseNewRequest,
} from './parseRequest';

const SPECS: Record<RequestKind, (more?: object) => object> = {
  namespace: namespaceSpec,
  quota: quotaSpec,
  grant: grantSpec,
};

const LABEL =
  'must be at most 63 lowercase letters, digits and hyphens, beginning and ending with a letter or digit';
const TIME = 'must be an ISO 8601 time, such as 2027-01-31T18:00:00Z';
const NOT_A_GROUP =
  'is not a group\'s entity ref: write group:<namespace>/<name> in ASCII letters, digits, "-", "_" and "."';
const NOT_A_SYSTEM =
  'is not a system\'s entity ref: write system:<namespace>/<name>, each part at most 63 ASCII letters, digits, "-", "_" and "."';
const ONE_LINE = 'must be one line without control characters';

const BAD: [RequestKind, object, string][] = [
  ['namespace', { kind: undefined }, 'kind is missing'],
  [
    'namespace',
    { kind: 'role' },
    'kind "role" must be "namespace", "quota" or "grant"',
  ],
  [
    'namespace',
    { kind: ['quota'] },
    'kind ["quota"] must be "namespace", "quota" or "grant"',
  ],
  [
    'quota',
    { role: 'view' },
    '"role" is not a field here; there are kind, cluster, namespace, purpose, quota, draft, idempotencyKey',
  ],
  ['quota', { cluster: undefined }, 'cluster is missing'],
  [
    'quota',
    { cluster: 'Prod_1' },
    'cluster "Prod_1" must be the name of a cluster: lowercase letters and digits',
  ],
  ['quota', { cluster: 7 }, 'cluster 7 must be of type string'],
  ['quota', { namespace: undefined }, 'namespace is missing'],
  ['quota', { namespace: '' }, `namespace "" ${LABEL}`],
  ['grant', { namespace: '-shop' }, `namespace "-shop" ${LABEL}`],
  ['grant', { namespace: 'a/b' }, `namespace "a/b" ${LABEL}`],
  ['namespace', { namespace: 'Shop' }, `namespace "Shop" ${LABEL}`],
  [
    'namespace',
    { namespace: 'kube-billing' },
    'namespace "kube-billing" is that of a system namespace (default, openshift, berth-*, kube-*, openshift-*)',
  ],
  ['namespace', { group: undefined }, 'group is missing'],
  ['namespace', { group: 'user:alice' }, `group "user:alice" ${NOT_A_GROUP}`],
  ['grant', { group: 'group:tëam' }, `group "group:t\\u{eb}am" ${NOT_A_GROUP}`],
  ['namespace', { system: '' }, `system "" ${NOT_A_SYSTEM}`],
  ['namespace', { system: null }, 'system must be of type string'],
  ['namespace', { system: 7 }, 'system 7 must be of type string'],
  ['namespace', { system: ['shop'] }, 'system must be of type string'],
  ['namespace', { system: TEAM_A }, `system "${TEAM_A}" ${NOT_A_SYSTEM}`],
  ['namespace', { system: 'a:b:c' }, `system "a:b:c" ${NOT_A_SYSTEM}`],
  ['namespace', { system: 'shop\n' }, `system "shop\\n" ${NOT_A_SYSTEM}`],
  [
    'namespace',
    { system: 's'.repeat(64) },
    `system "${'s'.repeat(64)}" ${NOT_A_SYSTEM}`,
  ],
  [
    'quota',
    { system: 'shop' },
    '"system" is not a field here; there are kind, cluster, namespace, purpose, quota, draft, idempotencyKey',
  ],
  ['namespace', { quota: undefined }, 'quota is missing'],
  ['quota', { quota: 'small' }, 'quota "small" must be of type object'],
  [
    'quota',
    { quota: { hard: { pods: 3 } } },
    'quota["hard"]["pods"] 3 must be of type string',
  ],
  [
    'grant',
    { role: undefined },
    'role is missing: it must be "admin", "edit" or "view"',
  ],
  [
    'grant',
    { role: 'owner' },
    'role "owner" must be "admin", "edit" or "view"',
  ],
  ['grant', { expiresAt: 'soon' }, `expiresAt "soon" ${TIME}`],
  ['namespace', { expiresAt: '2035-01-31' }, `expiresAt "2035-01-31" ${TIME}`],
  [
    'namespace',
    { expiresAt: '2020-01-31T18:00:00Z' },
    'expiresAt "2020-01-31T18:00:00Z" must be in the future',
  ],
  [
    'grant',
    { expiresAt: '9999-12-31T23:59:59-23:59' },
    'expiresAt "9999-12-31T23:59:59-23:59" must be within 10 years; leave it out for no end',
  ],
  ['quota', { purpose: 'a\u0000b' }, `purpose "a\\u0000b" ${ONE_LINE}`],
  ['quota', { purpose: 'a\nb' }, `purpose "a\\nb" ${ONE_LINE}`],
  ['quota', { draft: 'yes' }, 'draft "yes" must be of type boolean'],
  [
    'quota',
    { idempotencyKey: '' },
    'idempotencyKey "" must be 1 to 200 printable ASCII characters without spaces',
  ],
  [
    'quota',
    { idempotencyKey: 'a b' },
    'idempotencyKey "a b" must be 1 to 200 printable ASCII characters without spaces',
  ],
  [
    'grant',
    { role: 'owner', group: 'x' },
    `group "x" ${NOT_A_GROUP}; role "owner" must be "admin", "edit" or "view"`,
  ],
];

function messageOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing was refused';
}

describe('a request', () => {
  it.each(BAD)('of kind %s with %j is refused', (kind, more, message) => {
    expect(messageOf(() => parseNewRequest(SPECS[kind](more)))).toBe(message);
  });

  it.each(['purpose', 'comment'])('has a %s that is not too long', field => {
    const text = 'x'.repeat(501);
    expect(
      messageOf(() =>
        field === 'purpose'
          ? parseNewRequest(quotaSpec({ purpose: text }))
          : parseDecision({ decision: 'deny', comment: text }),
      ),
    ).toBe(
      `${field} "${'x'.repeat(79)}... must be at most 500 characters long`,
    );
  });

  it.each([
    '\u202e',
    '\u2066',
    '\u200b',
    '\u{e0041}',
    '\ufeff',
    '\u034f',
    '\u115f',
    '\u1160',
    '\u17b4',
    '\u3164',
    '\uffa0',
  ])('has no purpose with the invisible %j', hidden => {
    expect(
      messageOf(() => parseSpec(quotaSpec({ purpose: `a${hidden}b` }))),
    ).toContain('must be without invisible characters');
  });

  it('accepts purposes with joiners and variation selectors', () => {
    const purpose =
      'می\u200cخواهم 👩\u200d💻 ❤\ufe0f 한국어 \u1781\u17d2\u1798\u17c2\u179a';
    expect(parseSpec(quotaSpec({ purpose }))).toMatchObject({ purpose });
  });

  it.each([[undefined], [null], [[]], ['x']])('is not %p', body => {
    expect(messageOf(() => parseSpec(body))).toBe(
      'the body must be a JSON object',
    );
  });

  it('has only the requested fields', () => {
    expect(
      messageOf(() => parseSpec(quotaSpec({ draft: true } as never))),
    ).toBe(
      '"draft" is not a field here; there are kind, cluster, namespace, purpose, quota',
    );
  });

  it('is stored in one spelling', () => {
    expect(
      parseNewRequest(
        grantSpec({
          group: 'Group:Team-A',
          expiresAt: '2035-01-31T18:00:00+02:00',
          purpose: ' Look ',
        }),
      ),
    ).toEqual({
      spec: grantSpec({
        group: 'group:default/team-a',
        expiresAt: '2035-01-31T16:00:00.000Z',
        purpose: 'Look',
      }),
      draft: false,
    });
  });
});

describe('a decision', () => {
  it.each([
    [{}, 'decision is missing: it must be "approve" or "deny"'],
    [{ decision: 'maybe' }, 'decision "maybe" must be "approve" or "deny"'],
    [{ decision: 'deny' }, 'comment is missing: say why, to deny'],
    [
      { decision: 'deny', comment: '  ' },
      'comment is missing: say why, to deny',
    ],
    [
      { decision: 'approve', comment: 'a\u0007' },
      'comment "a\\u0007" must be without control characters',
    ],
    [
      { decision: 'approve', comment: 'a\u202eb' },
      'comment "a\\u{202e}b" must be without invisible characters, such as those that change the direction of text',
    ],
    [
      { decision: 'approve', by: 'me' },
      '"by" is not a field here; there are decision, comment',
    ],
  ])('%j is refused', (body, message) => {
    expect(messageOf(() => parseDecision(body))).toBe(message);
  });
});

describe('a query', () => {
  it.each([
    [{ scope: 'theirs' }, 'scope "theirs" must be "mine", "inbox" or "all"'],
    [
      { state: ['Ready', 'Done'] },
      'state[1] "Done" must be "Draft", "Submitted", "AutoApproved", ',
    ],
    [{ kind: 'role' }, 'kind "role" must be "namespace", "quota" or "grant"'],
    [{ limit: '201' }, 'limit "201" must be a whole number from 1 to 200'],
    [{ limit: '0' }, 'limit "0" must be a whole number from 1 to 200'],
    [{ cursor: 'x'.repeat(1001) }, 'must be at most 1000 characters long'],
    [{ cluster: ['a', 'b'] }, 'cluster must be of type string'],
    [{ namespace: 'x'.repeat(64) }, 'must be the name of a namespace'],
    [{ order: 'asc' }, '"order" is not a field here'],
  ])('%j is refused', (query, message) => {
    expect(messageOf(() => parseRequestQuery(query))).toContain(message);
  });
});
