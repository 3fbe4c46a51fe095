import { isIP } from 'node:net';
import {
  Endpoint,
  EndpointInspector,
  isKubeError,
  KubeError,
} from '../../../kube';
import { failure } from '../runChecks';
import { Check, Facts } from '../types';

const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** Checks of name, address and certificate, from one connection. */
export function endpointChecks(inspector: EndpointInspector): Check[] {
  return [
    {
      id: 'dns',
      title: 'Host name',
      async run({ cluster, signal }) {
        const endpoint = await inspector
          .inspect(cluster, { signal })
          .catch(error => {
            if (isKubeError(error)) {
              return error;
            }
            throw error;
          });
        const facts: Partial<Facts> = { endpoint };
        if (isKubeError(endpoint, 'DNS')) {
          return { ...failure(endpoint), facts };
        }
        const { hostname } = new URL(cluster.apiServer);
        const isAddress = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
        return {
          status: 'Passed',
          message: isAddress
            ? `${hostname} is an IP address; nothing to resolve`
            : `${hostname} resolves${
                isKubeError(endpoint) ? '' : ` to ${endpoint.address}`
              }`,
          facts,
        };
      },
    },
    {
      id: 'tcp',
      title: 'Connection',
      needs: ['dns'],
      async run({ cluster, facts: { endpoint } }) {
        if (isKubeError(endpoint) && endpoint.failure !== 'TLS') {
          return failure(endpoint);
        }
        const { hostname, port } = new URL(cluster.apiServer);
        return {
          status: 'Passed',
          message: `${hostname} accepts connections on port ${port || '443'}`,
        };
      },
    },
    {
      id: 'tls',
      title: 'Certificate',
      needs: ['tcp'],
      async run({ facts: { endpoint } }) {
        if (!endpoint || isKubeError(endpoint)) {
          return failure(
            endpoint ??
              new KubeError('TLS', 'The server showed no certificate'),
          );
        }
        return certificateFinding(endpoint, new Date());
      },
    },
  ];
}

function certificateFinding({ certificate }: Endpoint, now: Date) {
  const { subject, issuer, validTo } = certificate;
  const until = validTo.toUTCString();
  const message = `Signed for ${subject} by the registered CA (${issuer}), valid until ${until}`;
  return validTo.getTime() - now.getTime() < SOON_DAYS * DAY_MS
    ? {
        status: 'Warning' as const,
        cause: 'ExpiresSoon',
        message,
        hint: `Renew the API server's certificate before ${until}; after that the portal refuses it`,
      }
    : { status: 'Passed' as const, message };
}
