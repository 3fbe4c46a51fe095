import { toError } from '@backstage/errors';
import { Agent, request } from 'undici';
import { redact } from '../../../kube';
import { Check, Finding } from '../types';

const MAX_BYTES = 256 * 1024;

export interface IssuerCheckOptions {
  /** The `iss` of tokens. */
  issuer: string;
  /** The CA, PEM, that API servers use for the issuer; the public CAs by default. */
  issuerCaPem?: string;
  /** The id of the current signing key. */
  signingKid: () => Promise<string>;
}

/**
 * Checks the issuer's documents at the address from which API servers read them. The portal can check this only from
 * its own network: the address may lead elsewhere from the network of an API server.
 */
export function issuerCheck(options: IssuerCheckOptions): Check {
  return {
    id: 'issuer',
    title: 'Issuer',
    async run({ signal }) {
      const finding = await inspect(options, signal);
      return {
        ...finding,
        facts: {
          issuerProblem:
            finding.status === 'Passed' ? undefined : finding.message,
        },
      };
    },
  };
}

async function inspect(
  { issuer, issuerCaPem, signingKid }: IssuerCheckOptions,
  signal: AbortSignal,
): Promise<Finding> {
  if (!issuer.startsWith('https://')) {
    return {
      status: 'Warning',
      cause: 'NotHttps',
      message: `The issuer ${issuer} is not https, and kube-apiserver accepts only https`,
      hint: 'Serve the backend over https, and set berth.issuer to that address',
    };
  }
  const agent = new Agent({ connect: { ca: issuerCaPem } });
  try {
    const discoveryUrl = `${issuer}/.well-known/openid-configuration`;
    const discovery = await getJson(discoveryUrl, agent, signal);
    if (discovery.issuer !== issuer) {
      return failed(
        'IssuerDiffers',
        `${discoveryUrl} is of the issuer ${JSON.stringify(
          discovery.issuer,
        )}, and tokens say ${issuer}`,
        'Set berth.issuer to the address of this portal',
      );
    }
    const keys = await getJson(String(discovery.jwks_uri), agent, signal);
    const kid = await signingKid();
    const published = Array.isArray(keys.keys) ? keys.keys : [];
    return published.some(key => key?.kid === kid)
      ? {
          status: 'Passed',
          message:
            'The portal can read its documents, and they have the signing key. The check of the token shows whether the API server can read them',
        }
      : failed(
          'KeyMissing',
          `${discovery.jwks_uri} does not have the key that signs (${kid})`,
          'A cache in front of the portal serves old keys: it must not keep the documents longer than their max-age',
        );
  } catch (error) {
    signal.throwIfAborted();
    return {
      status: 'Warning',
      cause: 'IssuerUnreachable',
      message: `The portal cannot read its own documents at ${issuer}: ${redact(
        reasonOf(error),
      )}`,
      hint: 'This is fine if the portal is not allowed to call its own public address. API servers must reach the address and trust its certificate: by a public CA, or by the CA in their configuration (berth.onboarding.issuerCertificateAuthority)',
    };
  } finally {
    await agent.destroy();
  }
}

async function getJson(
  url: string,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const { statusCode, body } = await request(url, { dispatcher, signal });
  let text = '';
  for await (const chunk of body) {
    text += chunk;
    if (text.length > MAX_BYTES) {
      throw new Error(`${url} answers with more than ${MAX_BYTES} bytes`);
    }
  }
  if (statusCode !== 200) {
    throw new Error(`${url} answers ${statusCode}`);
  }
  return JSON.parse(text);
}

function reasonOf(error: unknown): string {
  const { message, code } = toError(error) as Error & { code?: string };
  return code && !message.includes(code) ? `${message} (${code})` : message;
}

function failed(cause: string, message: string, hint: string): Finding {
  return { status: 'Failed', cause, message, hint };
}
