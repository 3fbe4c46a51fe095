import { HelmChartReference } from '@berth/plugin-berth-common';
import { Step } from '../step';

/** The release that a step wants. */
export interface HelmInstallInput {
  cluster: string;
  namespace: string;
  release: string;
  chart: HelmChartReference;
  /** As an object, or as YAML. */
  values?: Record<string, unknown> | string;
  description?: string;
  upgrade?: boolean;
  rollbackOnFailure?: boolean;
  wait?: boolean;
  timeoutMinutes?: number;
}

export interface HelmInstallOutput {
  cluster: string;
  namespace: string;
  release: string;
  releaseUrl: string;
  state: string;
  revision?: number;
  operationId?: string;
  operationUrl?: string;
}

/** The part of an action's context that an installation needs. */
export interface HelmStepContext extends Step {
  input: HelmInstallInput;
  output<Name extends keyof HelmInstallOutput>(
    name: Name,
    value: NonNullable<HelmInstallOutput[Name]>,
  ): void;
}
