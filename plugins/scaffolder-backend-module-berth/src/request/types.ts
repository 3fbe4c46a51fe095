import { Step } from '../step';

export interface RequestOutput {
  requestId: string;
  requestUrl: string;
  state: string;
  cluster: string;
  namespace: string;
}

/** The part of an action's context that a request needs. */
export interface StepContext extends Step {
  input: {
    wait?: boolean;
    timeoutMinutes?: number;
    idempotencyKey?: string;
  };
  output(name: keyof RequestOutput, value: string): void;
}
