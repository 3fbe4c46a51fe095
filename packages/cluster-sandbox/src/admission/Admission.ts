import { ResourceDefinition } from '../resources/ResourceDefinition';
import { KubeObject, UserInfo } from '../types';

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  definition: ResourceDefinition;
  subresource?: string;
  namespace?: string;
  name: string;
  /** The object to write; absent when deleting. */
  object?: KubeObject;
  old?: KubeObject;
  user: UserInfo;
  dryRun: boolean;
  /** Sends a warning with the answer. Without it, nobody reads warnings. */
  warn?: (text: string) => void;
}

/** A check that every write passes, like the API server's admission plugins. */
export interface AdmissionPlugin {
  /** Runs before validation; may change the object, may throw a StatusError. */
  admit?(request: AdmissionRequest): void;
  /** Runs after validation, directly before the write; may throw a StatusError. */
  validate?(request: AdmissionRequest): void;
}
