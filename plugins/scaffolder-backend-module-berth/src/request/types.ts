import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { Pace } from './pace';

export interface RequestRunnerOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  pace?: Pace;
}

export interface RequestOutput {
  requestId: string;
  requestUrl: string;
  state: string;
  cluster: string;
  namespace: string;
}

/** The part of an action's context that a step needs, whatever the action's input is. */
export interface StepContext {
  input: {
    wait?: boolean;
    timeoutMinutes?: number;
    idempotencyKey?: string;
  };
  logger: { info(message: string): void; warn(message: string): void };
  task: { id: string };
  step?: { id?: string };
  isDryRun?: boolean;
  signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
  output(name: keyof RequestOutput, value: string): void;
}
