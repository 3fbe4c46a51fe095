import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { Pace } from './waiting';

/** What actions need to call Berth. */
export interface ActionOptions {
  auth: AuthService;
  discovery: DiscoveryService;
  pace?: Pace;
}

/** The part of an action's context that all actions need, whatever their input is. */
export interface Step {
  logger: { info(message: string): void; warn(message: string): void };
  task: { id: string };
  step?: { id?: string };
  isDryRun?: boolean;
  signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
}
