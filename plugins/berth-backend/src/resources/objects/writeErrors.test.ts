import { classifyResponse, KubeErrorCause } from '@berth/plugin-berth-node';
import { isKubeError } from '../../kube';
import { failedStatus } from '../../kube/__testUtils__/TestServer';
import { managerConflictsOf, withoutSecretValues } from './writeErrors';

const VALUE = 'planted-value-4711';

function toldAbout(
  status: number,
  message: string,
  causes: KubeErrorCause[] = [],
) {
  const body = { ...failedStatus(status, VALUE, message), details: { causes } };
  const shown = withoutSecretValues(
    classifyResponse({ status, body }, 'prod:6443'),
  );
  if (!isKubeError(shown)) {
    throw new Error('Not an error of the cluster');
  }
  return shown;
}

describe('S57 errors about the write of a Secret', () => {
  it.each([
    [403, `admission webhook "x" denied the request: ${VALUE}`],
    [403, `secrets "s" is forbidden: policy x denied request: ${VALUE}`],
    [
      403,
      `admission webhook "x" denied the request: secrets "s" is forbidden: User "${VALUE}" cannot patch resource "secrets" in API group ""`,
    ],
    [404, VALUE],
    [409, VALUE],
    [410, VALUE],
    [422, VALUE],
    [429, VALUE],
    [500, VALUE],
    [504, VALUE],
  ])('hide the text of a %d', (status, message) => {
    const shown = toldAbout(status, message, [
      { reason: VALUE, field: VALUE, message: VALUE },
    ]);
    expect(shown.message).toContain(
      `The cluster refuses the Secret (${status}`,
    );
    expect(shown.status).toBe(status);
    expect(JSON.stringify([shown, shown.message, shown.causes])).not.toContain(
      VALUE,
    );
  });

  it('show what RBAC refuses, and not what follows', () => {
    const refusal =
      'secrets "s" is forbidden: User "ada" cannot patch resource "secrets" in API group "" in the namespace "a"';
    expect(toldAbout(403, `${refusal}: ${VALUE}`).message).toBe(
      `prod:6443 accepts the token, but its rights do not suffice (403): ${refusal}`,
    );
  });

  it('show the fields and managers of a conflict', () => {
    const shown = toldAbout(409, `Apply failed: ${VALUE}`, [
      {
        reason: 'FieldManagerConflict',
        field: '.data.password',
        message: `conflict with "helm" using v1: ${VALUE}`,
      },
      { reason: 'Other', field: VALUE, message: VALUE },
    ]);
    expect(managerConflictsOf(shown)).toEqual([
      { field: 'data.password', manager: 'helm' },
    ]);
    expect(JSON.stringify([shown.message, shown.causes])).not.toContain(VALUE);
  });
});
