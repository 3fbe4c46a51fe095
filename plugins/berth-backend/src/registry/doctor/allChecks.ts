import { EndpointInspector } from '../../kube';
import { audienceCheck, AudienceCheckOptions } from './checks/audience';
import { classesCheck, ClassesCheckOptions } from './checks/classes';
import { clockCheck } from './checks/clock';
import { endpointChecks } from './checks/endpoint';
import { admissionPolicyCheck } from './checks/admissionPolicy';
import { identityCheck } from './checks/identity';
import { issuerCheck, IssuerCheckOptions } from './checks/issuer';
import { networkCheck } from './checks/network';
import { packCheck } from './checks/pack';
import { portalNamespaceCheck } from './checks/portalNamespace';
import { prefixesCheck } from './checks/prefixes';
import {
  pullSecretsCheck,
  PullSecretsCheckOptions,
} from './checks/pullSecrets';
import { excessCheck, rightsCheck } from './checks/rights';
import { rolesCheck } from './checks/roles';
import { tokenCheck, TokenCheckOptions } from './checks/token';
import { versionCheck } from './checks/version';
import { Check } from './types';

/** The dependencies of the checks. */
export interface AllChecksOptions
  extends AudienceCheckOptions,
    ClassesCheckOptions,
    IssuerCheckOptions,
    PullSecretsCheckOptions,
    TokenCheckOptions {
  inspector: EndpointInspector;
}

/** All checks: first those of the connection, in the order of its steps, then those of rights and settings. */
export function allChecks(options: AllChecksOptions): Check[] {
  return [
    ...endpointChecks(options.inspector),
    versionCheck,
    clockCheck,
    issuerCheck(options),
    tokenCheck(options),
    identityCheck,
    audienceCheck(options),
    prefixesCheck,
    rightsCheck,
    excessCheck(options),
    rolesCheck,
    admissionPolicyCheck,
    ...(options.pullSecrets.length > 0 ? [pullSecretsCheck(options)] : []),
    packCheck,
    portalNamespaceCheck,
    classesCheck(options),
    networkCheck,
  ];
}
