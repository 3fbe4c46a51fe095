import { ComponentType } from 'react';
import { ObjectAddress } from '@berth/plugin-berth-common';
import { kindOf } from '../kinds';
import { ClaimDetails } from './ClaimDetails';
import { ConfigMapDetails } from './ConfigMapDetails';
import { CronJobDetails } from './CronJobDetails';
import { JobDetails } from './JobDetails';
import { NodeDetails } from './NodeDetails';
import { PodDetails } from './PodDetails';
import { SecretDetails } from './SecretDetails';
import { ServiceDetails } from './ServiceDetails';
import { DetailsProps } from './types';
import { WorkloadDetails } from './WorkloadDetails';

const DETAILS: Record<string, ComponentType<DetailsProps>> = {
  'core/pods': PodDetails,
  'apps/deployments': WorkloadDetails,
  'apps/statefulsets': WorkloadDetails,
  'apps/daemonsets': WorkloadDetails,
  'apps/replicasets': WorkloadDetails,
  'batch/jobs': JobDetails,
  'batch/cronjobs': CronJobDetails,
  'core/nodes': NodeDetails,
  'core/services': ServiceDetails,
  'core/persistentvolumeclaims': ClaimDetails,
  'core/configmaps': ConfigMapDetails,
  'core/secrets': SecretDetails,
};

/** Returns what shows the details of a kind; undefined for a kind without a part of its own. */
export function detailsOf(
  address: ObjectAddress,
): ComponentType<DetailsProps> | undefined {
  return DETAILS[kindOf(address)];
}
