import { InputError, isError } from '@backstage/errors';
import {
  chartRepositoryCredentialSchema,
  createChartRepositoryRequestSchema,
  updateChartRepositoryRequestSchema,
} from '@berth/plugin-berth-common';
import * as z from 'zod';
import { parseCaBundle } from '../../registry/validation/caBundle';
import { atField } from '../../text/fieldProblems';
import { hiddenField } from '../../validation/parseBody';
import { readKeyring } from './provenance';
import { isOci, parseRepositoryAddress } from './repositoryAddress';
import { RepositorySettings } from './types';

const credential = hiddenField(
  chartRepositoryCredentialSchema,
  'credential must have either username and password, or token; a user name has no ":", and a token has no spaces',
);

/** The API's schema, without the value of a wrong credential in its messages. */
export const createRepositorySchema = createChartRepositoryRequestSchema.extend(
  { credential: credential.optional() },
);

/** As `createRepositorySchema`. */
export const updateRepositorySchema = updateChartRepositoryRequestSchema.extend(
  { credential: credential.nullable().optional() },
);

/**
 * Converts what people wrote about a repository.
 *
 * @throws InputError naming the field and the rule, and never a credential
 */
export function parseRepository(
  request: z.output<typeof createRepositorySchema>,
  httpOnLoopback: boolean,
): RepositorySettings {
  const { name, url, credential: proof, caData, keyringData, charts } = request;
  const address = parseAddress(url, httpOnLoopback);
  assertNames(address, charts);
  return {
    name,
    url: address,
    ...(proof && { credential: proof }),
    ...(caData !== undefined && { caPem: parseCa(caData) }),
    ...(keyringData !== undefined && { keyring: parseKeyring(keyringData) }),
    ...(charts && { charts }),
  };
}

/** @throws InputError that does not show the address, because it may hold a password */
export function parseAddress(typed: string, httpOnLoopback: boolean): string {
  const address = parseRepositoryAddress(typed, httpOnLoopback);
  if (address === undefined) {
    throw atField(
      new InputError(
        'url must be an https:// or oci:// address without user name, query and fragment; the path of an oci:// address has lowercase letters, digits, "-", "_" and "."; a credential belongs under "credential"',
      ),
      'url',
    );
  }
  return address;
}

/** @throws InputError if a registry has no whole names of charts */
export function assertNames(url: string, charts?: string[]): void {
  if (!isOci({ url })) {
    return;
  }
  const name = /^[a-z0-9]+([._-]+[a-z0-9]+)*$/;
  if (!charts?.length || !charts.every(chart => name.test(chart))) {
    throw atField(
      new InputError(
        'charts must have the whole names of the charts of an oci:// address, without "*", because registries do not list charts; a name has lowercase letters, digits, "-", "_" and "."',
      ),
      'charts',
    );
  }
}

export function parseCa(typed: string): string {
  try {
    return parseCaBundle(typed);
  } catch (error) {
    throw isError(error) ? atField(error, 'caData') : error;
  }
}

/** Returns the public keys in base64, without the armour of PGP. */
export function parseKeyring(typed: string): string {
  const keyring = readKeyring(typed);
  if (!keyring) {
    throw atField(
      new InputError(
        'keyringData must be public keys, as `gpg --armor --export` writes them, or base64 of those that `gpg --export` writes',
      ),
      'keyringData',
    );
  }
  return keyring.toString('base64');
}
