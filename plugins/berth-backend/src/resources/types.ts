import { AuditorService } from '@backstage/backend-plugin-api';
import { ClusterAccess } from '../access/ClusterAccess';
import { ClusterEntries } from '../access/ClusterEntries';
import { NamespaceAccess } from '../access/NamespaceAccess';
import { StreamLimits } from '../access/StreamLimits';
import { PersonClients } from '../kube';
import type { KindReader } from './kinds/KindReader';

export interface ResourcesOptions {
  access: ClusterAccess;
  /** Also writes the activity log. */
  auditor: AuditorService;
  clients: PersonClients;
  /** Resources that the configuration takes away, such as `secrets`. */
  deny: readonly string[];
  entries: ClusterEntries;
  namespaceAccess: NamespaceAccess;
  streams: StreamLimits;
}

/** The parts that the routers of this room share. */
export interface ResourceParts extends ResourcesOptions {
  kinds: KindReader;
}
