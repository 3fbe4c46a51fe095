import { Config } from '@backstage/config';

/** Returns whether people can read Helm releases; true by default. */
export function isHelmEnabled(config: Config): boolean {
  return config.getOptionalBoolean('berth.helm.enabled') ?? true;
}

/** Returns whether releases in ConfigMaps are read, too; false by default. */
export function readsConfigMaps(config: Config): boolean {
  return config.getOptionalBoolean('berth.helm.configMapStorage') ?? false;
}
