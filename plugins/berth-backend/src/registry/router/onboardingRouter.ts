import { InputError } from '@backstage/errors';
import {
  ONBOARDING_FORMATS,
  OnboardingFormat,
  OnboardingGuide,
} from '@berth/plugin-berth-common';
import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { KubeClientFactory } from '../../kube';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ClusterAccess } from '../../access/ClusterAccess';
import { createGuide } from '../onboarding/createGuide';
import {
  decideAdmissionPolicy,
  AdmissionPolicyMode,
} from '../onboarding/admissionPolicy';
import { guideText } from '../onboarding/guideText';
import { OnboardingSettings } from '../onboarding/readOnboardingSettings';
import { readVersion } from '../onboarding/readVersion';
import { ClusterRecord } from '../../model/clusters';
import { atField } from '../../text/fieldProblems';

const ADMISSION_POLICY_MODES: readonly AdmissionPolicyMode[] = [
  'auto',
  'true',
  'false',
];
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
    const format = parseFormat(request.query.format);
    const mode = parseAdmissionPolicyMode(
      request.query.admissionPolicy ?? 'auto',
    );
    const needsVersion = format !== 'manifest' || mode === 'auto';
    const version =
      parseVersion(request.query.version) ??
      (needsVersion ? await readVersion(cluster, clients) : undefined);
    const guide = createGuide(format, {
      cluster,
      issuer,
      ...onboarding,
      version,
      admissionPolicy: decideAdmissionPolicy(mode, version),
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

function parseFormat(format: unknown): OnboardingFormat {
  const known = ONBOARDING_FORMATS.find(one => one === format);
  if (!known) {
    const rule = `must be one of ${ONBOARDING_FORMATS.join(', ')}`;
    throw atField(
      new InputError(
        format === undefined
          ? `format is missing: it ${rule}`
          : `format ${quoteUntrusted(format)} ${rule}`,
      ),
      'format',
    );
  }
  return known;
}

function parseAdmissionPolicyMode(
  admissionPolicy: unknown,
): AdmissionPolicyMode {
  const mode = ADMISSION_POLICY_MODES.find(one => one === admissionPolicy);
  if (!mode) {
    throw atField(
      new InputError(
        `admissionPolicy ${quoteUntrusted(
          admissionPolicy,
        )} must be one of ${ADMISSION_POLICY_MODES.join(', ')}`,
      ),
      'admissionPolicy',
    );
  }
  return mode;
}

/** Clusters such as k3s do not report their version without authentication, so the request may name it. */
function parseVersion(version: unknown): string | undefined {
  if (version === undefined) {
    return undefined;
  }
  if (typeof version !== 'string' || !/^v?\d{1,3}\.\d{1,3}/.test(version)) {
    throw atField(
      new InputError(
        `version ${quoteUntrusted(
          version,
        )} must be a version of Kubernetes such as 1.33`,
      ),
      'version',
    );
  }
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version)!;
  return `v${major}.${minor}.0`;
}
