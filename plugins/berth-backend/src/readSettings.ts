import { Config } from '@backstage/config';
import { AddressPolicy } from './kube';
import { readPersonalRules } from './personal';
import { readProfiles, readPullSecrets } from './reconciler';
import { readOnboardingSettings } from './registry';
import { readSizeClasses } from './tenancy/quota/sizeClasses';

/**
 * Reads the settings that several parts use. A part that alone uses a setting reads the setting.
 *
 * @throws Error naming the setting, its value and the rule
 */
export function readSettings(config: Config) {
  const pullSecrets = readPullSecrets(config);
  const pullSecretNames = pullSecrets.map(({ name }) => name);
  const sizeClasses = readSizeClasses(config);
  return {
    addressPolicy: AddressPolicy.fromConfig(config),
    onboarding: readOnboardingSettings(config, pullSecretNames),
    personalRules: readPersonalRules(config, sizeClasses),
    profiles: readProfiles(config, pullSecretNames),
    pullSecrets,
    sizeClasses,
  };
}
