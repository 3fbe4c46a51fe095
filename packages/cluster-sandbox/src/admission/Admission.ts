import { ResourceDefinition } from '../resources/ResourceDefinition';
import { KubeObject, UserInfo } from '../types';

export interface AdmissionRequest {
  operation: 'CREATE' | 'UPDATE' | 'DELETE';
  definition: ResourceDefinition;
  subresource?: string;
  namespace?: string;
  name: string;
  /** What is about to be written; absent when deleting. */
  object?: KubeObject;
  old?: KubeObject;
  user: UserInfo;
  dryRun: boolean;
}

/** A gate that every write passes, as the API server's admission plugins. */
export interface AdmissionPlugin {
  /** Before validation: may change the object, may throw a StatusError. */
  admit?(request: AdmissionRequest): void;
  /** After validation, as the last thing before the write: may throw a StatusError. */
  validate?(request: AdmissionRequest): void;
}
