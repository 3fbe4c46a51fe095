import { ResourcesOptions, ResourceParts } from '../resources/types';
import { OpenedCluster } from '../resources/objects/openCalls';
import { ReleaseReaderParts } from './releases/ReleaseReaderParts';

export interface HelmOptions extends ResourcesOptions {
  /** Whether releases in ConfigMaps are read, too. */
  configMapStorage: boolean;
}

/** The parts that the routers of this room share. */
export interface HelmParts extends ResourceParts {
  /** Returns what reading releases of a cluster takes. */
  readerParts(opened: Omit<OpenedCluster, 'signal'>): ReleaseReaderParts;
}
