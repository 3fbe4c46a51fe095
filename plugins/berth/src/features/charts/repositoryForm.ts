import {
  ChartRepository,
  ChartRepositoryCredential,
  CreateChartRepositoryRequest,
  UpdateChartRepositoryRequest,
} from '@berth/plugin-berth-common';
import * as z from 'zod';

/** How the portal proves to a repository that it may read it. `keep` is for a credential that is stored already. */
export const PROOFS = ['keep', 'none', 'password', 'token'] as const;

export const REPOSITORY_SCHEMA = z.object({
  name: z.string(),
  url: z.string(),
  /** Names, with spaces, commas or new lines between them. */
  charts: z.string(),
  proof: z.enum(PROOFS),
  username: z.string(),
  password: z.string(),
  token: z.string(),
  caData: z.string(),
  removesCa: z.boolean(),
  keyringData: z.string(),
  removesKeyring: z.boolean(),
});

export type RepositoryValues = z.infer<typeof REPOSITORY_SCHEMA>;

/** The fields of the API that the form has under other names. */
export const REPOSITORY_ALIASES = { credential: 'proof' };

/** @param repository - undefined for a new one */
export function valuesOf(repository?: ChartRepository): RepositoryValues {
  return {
    name: repository?.name ?? '',
    url: repository?.url ?? '',
    charts: (repository?.only ?? []).join('\n'),
    proof: repository?.hasCredential ? 'keep' : 'none',
    username: '',
    password: '',
    token: '',
    caData: '',
    removesCa: false,
    keyringData: '',
    removesKeyring: false,
  };
}

/** Returns the request that adds a repository. */
export function createRequestOf(
  values: RepositoryValues,
): CreateChartRepositoryRequest {
  const credential = credentialOf(values);
  const charts = namesIn(values.charts);
  const caData = values.caData.trim();
  const keyringData = values.keyringData.trim();
  return {
    name: values.name.trim(),
    url: values.url.trim(),
    ...(credential && { credential }),
    ...(caData && { caData }),
    ...(keyringData && { keyringData }),
    ...(charts.length > 0 && { charts }),
  };
}

/** Returns the request that changes a repository, with the changed fields only. */
export function updateRequestOf(
  before: ChartRepository,
  values: RepositoryValues,
): UpdateChartRepositoryRequest {
  const url = values.url.trim();
  const charts = namesIn(values.charts);
  const credential = credentialOf(values);
  const caData = values.removesCa ? null : values.caData.trim();
  const keyringData = values.removesKeyring ? null : values.keyringData.trim();
  return {
    ...(url !== before.url && { url }),
    ...(charts.join() !== (before.only ?? []).join() && {
      charts: charts.length > 0 ? charts : null,
    }),
    ...(isChange(before, credential) && { credential }),
    ...(caData !== '' && { caData }),
    ...(keyringData !== '' && { keyringData }),
  };
}

function isChange(
  { hasCredential }: ChartRepository,
  credential: ChartRepositoryCredential | null | undefined,
): boolean {
  return credential === null ? hasCredential : credential !== undefined;
}

/** Returns undefined for the one that is stored, and null for none. */
function credentialOf({
  proof,
  username,
  password,
  token,
}: RepositoryValues): ChartRepositoryCredential | null | undefined {
  switch (proof) {
    case 'password':
      return { username: username.trim(), password };
    case 'token':
      return { token: token.trim() };
    case 'none':
      return null;
    default:
      return undefined;
  }
}

function namesIn(typed: string): string[] {
  return typed.split(/[\s,]+/).filter(Boolean);
}
