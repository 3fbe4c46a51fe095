import { InputError } from '@backstage/errors';
import { berthClusterReadPermission } from '@berth/plugin-berth-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { KubeClientFactory } from '../../kube';
import { shown } from '../../tenancy/shown';
import { ClusterAccess } from '../../access/ClusterAccess';
import { decideFence, FenceMode } from '../onboarding/fence';
import { createOnboardingManifest } from '../onboarding/manifest';
import { readVersion } from '../onboarding/readVersion';

const FORMATS = ['manifest'];
const FENCE_MODES: readonly FenceMode[] = ['auto', 'true', 'false'];

export interface OnboardingRouterOptions {
  access: ClusterAccess;
  clients: KubeClientFactory;
  /** The `iss` of tokens. */
  issuer: string;
}

/** `/clusters/{name}/onboarding`. */
export function createOnboardingRouter({
  access,
  clients,
  issuer,
}: OnboardingRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/clusters/:name/onboarding', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.administer(
      caller,
      request.params.name,
      berthClusterReadPermission,
    );
    const { format, fence = 'auto' } = request.query;
    parseFormat(format);
    const mode = parseFenceMode(fence);
    const version =
      mode === 'auto' ? await readVersion(cluster, clients) : undefined;
    response
      .type('application/yaml')
      .set(
        'Content-Disposition',
        `inline; filename="berth-${cluster.name}.yaml"`,
      )
      .send(
        createOnboardingManifest({
          cluster,
          issuer,
          fence: decideFence(mode, version),
        }),
      );
  });

  return router;
}

function parseFormat(format: unknown) {
  if (typeof format !== 'string' || !FORMATS.includes(format)) {
    throw new InputError(
      `format ${shown(format)} is not supported; there are ${FORMATS.join(
        ', ',
      )}`,
    );
  }
}

function parseFenceMode(fence: unknown): FenceMode {
  const mode = FENCE_MODES.find(one => one === fence);
  if (!mode) {
    throw new InputError(
      `fence ${shown(fence)} must be one of ${FENCE_MODES.join(', ')}`,
    );
  }
  return mode;
}
