import { isDeepStrictEqual } from 'node:util';
import { Quantity } from '@berth/plugin-berth-common';
import { usedOf } from '../admission/QuotaAdmission';
import { RESOURCES } from '../resources';
import { resourceQuotas } from '../resources/quotas';
import {
  ControllerContext,
  controllerIdentity,
  on,
  tolerate,
} from './Controller';

const IDENTITY = {
  ...controllerIdentity('resourcequota-controller'),
  subresource: 'status',
};

/** Keeps `status.hard` and `status.used` of every ResourceQuota up to date. */
export function runQuotas(context: ControllerContext): void {
  for (const definition of RESOURCES.filter(entry => entry.namespaced)) {
    on(context, definition, ({ object }) => {
      const namespace = object.metadata.namespace!;
      if (context.registry.all(resourceQuotas, namespace).length > 0) {
        context.queue.schedule(`quota/${namespace}`, 0, () =>
          recalculate(context, namespace),
        );
      }
    });
  }
}

function recalculate({ registry }: ControllerContext, namespace: string): void {
  for (const quota of registry.all(resourceQuotas, namespace)) {
    const hard: Record<string, string> = quota.spec?.hard ?? {};
    const amounts = usedOf(registry, namespace, quota);
    const used = Object.fromEntries(
      Object.keys(hard).map(name => [
        name,
        (amounts.get(name) ?? Quantity.zero).toString(),
      ]),
    );
    const status = { hard, used };
    if (!isDeepStrictEqual(quota.status, status)) {
      const { name } = quota.metadata;
      tolerate(() =>
        registry.update(
          { definition: resourceQuotas, namespace, name },
          object => ({ ...object, status }),
          IDENTITY,
        ),
      );
    }
  }
}
