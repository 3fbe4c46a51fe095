import { ConflictError } from '@backstage/errors';

/** Another request for the same target is open. */
export class TargetTakenError extends ConflictError {
  readonly target: string;

  constructor(target: string) {
    super('Another request for the same target is open');
    this.target = target;
  }
}
