import { InputError } from '@backstage/errors';
import {
  OnboardingGuide,
  onboardingQuerySchema,
} from '@berth/plugin-berth-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { KubeClientFactory } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterAccess } from '../../access/ClusterAccess';
import { createGuide } from '../onboarding/createGuide';
import { decideAdmissionPolicy } from '../onboarding/admissionPolicy';
import { guideText } from '../onboarding/guideText';
import { OnboardingSettings } from '../onboarding/readOnboardingSettings';
import { readVersion } from '../onboarding/readVersion';
import { ClusterRecord } from '../../model/clusters';
import { parseBody } from '../../validation/parseBody';

const { version: versionSchema } = onboardingQuerySchema.shape;

/** Clusters such as k3s do not report their version without authentication, so the request may name it. */
const querySchema = onboardingQuerySchema.extend({
  version: versionSchema
    .unwrap()
    .transform(typed => `v${typed.match(/\d+\.\d+/)![0]}.0`)
    .optional(),
});
const YAML = 'application/yaml';
const JSON_TYPE = 'application/json';
const TEXT = 'text/plain';

export interface OnboardingRouterOptions {
  access: ClusterAccess;
  clients: KubeClientFactory;
  /** The `iss` of tokens. */
  issuer: string;
  onboarding: OnboardingSettings;
}

/**
 * `/clusters/{name}/onboarding`: a guide as JSON or text, or as its file if it has only one. The manifest is a file
 * unless the request asks for another type.
 */
export function createOnboardingRouter({
  access,
  clients,
  issuer,
  onboarding,
}: OnboardingRouterOptions): Router {
  const router = PromiseRouter();

  router.get('/clusters/:name/onboarding', async (request, response) => {
    const caller = await access.caller(request);
    const { cluster } = await access.inspect(caller, request.params.name);
    const query = parseBody(querySchema, request.query);
    const { format, admissionPolicy: mode = 'auto', features = [] } = query;
    const needsVersion =
      format !== 'manifest' || mode === 'auto' || features.length > 0;
    const version =
      query.version ??
      (needsVersion ? await readVersion(cluster, clients) : undefined);
    const guide = createGuide(format, {
      cluster,
      issuer,
      ...onboarding,
      version,
      admissionPolicy: decideAdmissionPolicy(mode, version),
      features,
    });
    send(request, response, guide, cluster);
  });

  return router;
}

function send(
  request: Request,
  response: Response,
  guide: OnboardingGuide,
  { name }: ClusterRecord,
) {
  const file = onlyFile(guide);
  const types = file
    ? [...(guide.format === 'manifest' ? [YAML] : []), JSON_TYPE, TEXT, YAML]
    : [JSON_TYPE, TEXT];
  const type = request.accepts(types);
  response.vary('Accept');
  switch (type) {
    case JSON_TYPE:
      response.json(guide);
      break;
    case TEXT:
      response.type('text/plain').send(guideText(guide));
      break;
    case YAML:
      response
        .type(YAML)
        .set(
          'Content-Disposition',
          `inline; filename="${file?.filename ?? `berth-${name}.yaml`}"`,
        )
        .send(file?.text);
      break;
    default:
      throw new InputError(
        `The format ${guide.format} is available as ${[...new Set(types)].join(
          ', ',
        )}, and not as ${quoteUntrusted(request.headers.accept)}`,
      );
  }
}

/** Returns the only YAML file of a guide. */
function onlyFile({ format, steps }: OnboardingGuide) {
  return format === 'manifest' || format === 'authentication-config'
    ? steps.find(step => step.language === 'yaml')
    : undefined;
}
