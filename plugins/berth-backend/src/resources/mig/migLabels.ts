import { ConflictError, InputError } from '@backstage/errors';
import { JsonRecord, recordAt, textAt } from '../objects/json';

export const MIG_CONFIG = 'nvidia.com/mig.config';
const MIG_STATE = 'nvidia.com/mig.config.state';
const MIG_CAPABLE = 'nvidia.com/mig.capable';

/** What the labels of a node say about MIG. */
export interface MigLabels {
  /** Whether GPUs of the node can be divided. */
  capable: boolean;
  config?: string;
  state?: string;
}

/** @see https://docs.nvidia.com/datacenter/cloud-native/gpu-operator/latest/gpu-operator-mig.html */
export function migLabelsOf(node: JsonRecord): MigLabels {
  const labels = recordAt(node, 'metadata', 'labels');
  const config = textAt(labels, MIG_CONFIG);
  return {
    capable: config !== undefined || textAt(labels, MIG_CAPABLE) === 'true',
    config,
    state: textAt(labels, MIG_STATE),
  };
}

/**
 * Checks that a node is as the person saw it when they decided on another MIG configuration.
 *
 * @param action - `seen` is absent if the node had none
 * @throws InputError if the GPUs of the node cannot be divided; ConflictError if another person was faster
 */
export function assertMigAsSeen(
  node: JsonRecord,
  { config: wanted, seen }: { config: string; seen?: string },
): void {
  const { capable, config } = migLabelsOf(node);
  const name = textAt(node, 'metadata', 'name');
  if (!capable) {
    throw new InputError(
      `config "${wanted}" is not possible: ${name} has no GPUs that MIG can divide (label ${MIG_CAPABLE})`,
    );
  }
  if (config !== seen) {
    throw new ConflictError(
      `The MIG configuration of ${name} is ${
        config === undefined ? 'not set' : `"${config}"`
      } now, and was ${
        seen === undefined ? 'not set' : `"${seen}"`
      } when you saw it. Load the page again`,
    );
  }
}
