import { useApi } from '@backstage/core-plugin-api';
import { berthApiRef } from '../../api';
import { problemOf } from '../format';
import { usePolled } from '../query';
import { useText } from '../useText';
import { Asked, allows } from './allows';

/** Whether a person may do something; if not, why. */
export interface Ability {
  allowed: boolean;
  /** Whether the cluster has not answered yet, or did not answer. */
  unknown?: true;
  reason?: string;
}

export type CheckAbility = (verb: string, asked: Asked) => Ability;

const READS: ReadonlySet<string> = new Set(['get', 'list', 'watch']);
const INTERVAL = 60_000;

/**
 * Returns a function that checks whether the person may do something in a namespace, or on the whole cluster. What
 * the cluster cannot say beforehand is allowed here: the cluster decides when the person tries.
 *
 * @param cluster - empty while the person has not chosen one: nothing is known then
 */
export function useAbilities(
  cluster: string,
  namespace?: string,
): CheckAbility {
  const api = useApi(berthApiRef);
  const t = useText();
  const { value, error } = usePolled({
    key: ['abilities', cluster, namespace ?? ''],
    load: async () =>
      cluster === '' ? null : api.getAbilities(cluster, namespace),
    every: INTERVAL,
  });
  return (verb, asked) => {
    if (!value) {
      const reason = error
        ? t('abilities.failed', { message: problemOf(error).message })
        : t('abilities.checking');
      return { allowed: false, unknown: true, reason };
    }
    if (!READS.has(verb) && !value.canWrite) {
      return { allowed: false, reason: t('abilities.readOnlyPortal') };
    }
    if (value.incomplete || allows(value.rules, verb, asked)) {
      return { allowed: true };
    }
    const { plural, subresource } = asked;
    const resource = subresource ? `${plural}/${subresource}` : plural;
    return {
      allowed: false,
      reason: t('abilities.forbidden', { verb, resource }),
    };
  };
}
