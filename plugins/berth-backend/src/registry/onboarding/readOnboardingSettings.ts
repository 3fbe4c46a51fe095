import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { parseCaBundle } from '../validation/caBundle';

const CA_SETTING = 'berth.onboarding.issuerCertificateAuthority';

/** Settings of the portal's issuer for the files of all clusters. */
export interface OnboardingSettings {
  /** The CA of the issuer's certificate, PEM, unless it is a public one. */
  issuerCaPem?: string;
  /** The signing algorithm of tokens. */
  algorithm: string;
  /** The names of the pull secrets of the configuration. */
  pullSecrets: readonly string[];
}

/** @throws InputError naming the setting if it contains no certificates */
export function readOnboardingSettings(
  config: Config,
  pullSecrets: readonly string[] = [],
): OnboardingSettings {
  return {
    issuerCaPem: readCa(config),
    algorithm: config.getOptionalString('berth.keys.algorithm') ?? 'RS256',
    pullSecrets,
  };
}

function readCa(config: Config): string | undefined {
  const typed = config.getOptionalString(CA_SETTING);
  try {
    return typed === undefined ? undefined : parseCaBundle(typed);
  } catch (error) {
    throw new InputError(
      `${CA_SETTING} is not the CA of the issuer: ${(error as Error).message}`,
    );
  }
}
