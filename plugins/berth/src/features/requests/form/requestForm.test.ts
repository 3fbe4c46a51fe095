import { RequestSpec } from '@berth/plugin-berth-common';
import type { NameState } from '../../../kit/hooks';
import { SIZE_CLASSES } from '../../../__testUtils__/namespaces';
import {
  RequestValues,
  specOf,
  requestSchema,
  valuesOfSpec,
  valuesOfSearch,
} from './requestForm';

const NOW = Date.UTC(2026, 10, 21, 12);

function validate(values: RequestValues, nameState: NameState) {
  const { error } = requestSchema(nameState, NOW).safeParse(values);
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]),
  );
}

const specs: RequestSpec[] = [
  {
    kind: 'namespace',
    cluster: 'prod01',
    namespace: 'shop',
    purpose: 'The web shop',
    group: 'group:default/team-a',
    system: 'system:default/shop',
    quota: { sizeClass: 'small' },
    expiresAt: '2027-01-31T18:00:00.000Z',
  },
  {
    kind: 'quota',
    cluster: 'prod01',
    namespace: 'shop',
    quota: {
      hard: { 'requests.cpu': '4' },
      limits: [{ type: 'Container', defaultRequest: { cpu: '100m' } }],
    },
  },
  {
    kind: 'grant',
    cluster: 'prod01',
    namespace: 'shop',
    group: 'group:default/team-a',
    role: 'edit',
  },
];

describe('the form of a request', () => {
  it.each(specs)('comes back from a draft as it was: $kind', spec => {
    const values = valuesOfSpec(spec, SIZE_CLASSES);
    expect(specOf(values)).toEqual(spec);
    expect(validate(values, 'unknown')).toEqual({});
  });

  it('begins with the values of the address, and ignores invalid ones', () => {
    expect(
      valuesOfSearch(
        new URLSearchParams('kind=grant&cluster=prod01&role=owner'),
      ),
    ).toMatchObject({ kind: 'grant', cluster: 'prod01', role: 'view' });
    expect(
      valuesOfSearch(new URLSearchParams('system=system:default/shop')),
    ).toMatchObject({ kind: 'namespace', system: 'system:default/shop' });
    expect(valuesOfSearch(new URLSearchParams('kind=pony')).kind).toBe(
      'namespace',
    );
  });

  it('joins several typed lines into one', () => {
    const values = {
      ...valuesOfSpec(specs[2], []),
      purpose: ' to look\n\tafter  it ',
    };
    expect(specOf(values).purpose).toBe('to look after it');
  });

  it('sends a system only for a new namespace', () => {
    const values = {
      ...valuesOfSpec(specs[0], SIZE_CLASSES),
      system: 'system:default/shop',
    };
    expect(specOf({ ...values, kind: 'quota' })).not.toHaveProperty('system');
    expect(specOf({ ...values, kind: 'grant' })).not.toHaveProperty('system');
    expect(specOf({ ...values, system: '' })).not.toHaveProperty('system');
  });

  it('sends only the fields of its kind', () => {
    const empty = valuesOfSearch(new URLSearchParams());
    expect(validate(empty, 'empty')).toEqual({
      cluster: 'cluster',
      namespace: 'namespace',
      group: 'group',
      quota: 'quotaEmpty',
    });
    expect(validate({ ...empty, kind: 'quota' }, 'empty')).toEqual({
      cluster: 'cluster',
      namespace: 'namespace',
      quota: 'quotaEmpty',
    });
    expect(validate({ ...empty, kind: 'grant' }, 'empty')).toEqual({
      cluster: 'cluster',
      namespace: 'namespace',
      group: 'group',
    });
  });

  it.each([
    [{ namespace: 'Shop' }, { namespace: 'namespaceInvalid' }],
    [{ namespace: 'kube-system' }, { namespace: 'namespaceReserved' }],
    [{ expiresAt: '2026-11-21T11:59:00Z' }, { expiresAt: 'expiresAt' }],
    [{ purpose: 'x'.repeat(501) }, { purpose: 'purpose' }],
  ])('finds the errors in %j', (change, errors) => {
    const values = { ...valuesOfSpec(specs[0], SIZE_CLASSES), ...change };
    expect(validate(values, 'unknown')).toEqual(errors);
  });

  it('accepts a role in a namespace that Berth did not create', () => {
    const values = { ...valuesOfSpec(specs[2], []), namespace: 'kube-system' };
    expect(validate(values, 'reserved')).toEqual({});
  });
});
