import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** @throws InputError if the setting is not a positive whole number */
export function readPositiveNumber(
  config: Config,
  setting: string,
  byDefault: number,
): number {
  const value = config.getOptionalNumber(setting) ?? byDefault;
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(
      `${setting} is ${value}, but it must be a positive whole number`,
    );
  }
  return value;
}
