import { InputError } from '@backstage/errors';
import {
  KubeconfigContent,
  KubeconfigContext,
  KubeconfigProblem,
  KubeconfigSetting,
  parseKubeconfig,
} from '@berth/plugin-berth-common';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { atField } from '../../text/fieldProblems';

const MAX_LISTED = 20;

const PROBLEMS: Record<KubeconfigProblem, string> = {
  tooLarge:
    'is larger than 64 KiB; give the output of `kubectl config view --flatten --minify --raw`, which holds one context only',
  tooComplex:
    'has too many values or YAML aliases; give the output of `kubectl config view --flatten --minify --raw`',
  sameName:
    'has two clusters, users or contexts of the same name, so it is unclear which one applies; kubectl refuses it, too',
  notYaml:
    'is neither YAML nor JSON that holds an object, or has the same key twice; give the whole text of the file',
  noCluster: 'holds no cluster, so there is no address',
  noServer: 'has no "server" for the cluster, so there is no address',
  caFile:
    'names the CA as a file, which the portal does not have; give the output of `kubectl config view --flatten --minify --raw`',
  noCa: 'has no readable "certificate-authority-data" for the cluster, and Berth connects to no server without its CA',
};

const UNSUPPORTED: Record<KubeconfigSetting, string> = {
  'insecure-skip-tls-verify':
    'Berth sends no token to a server without checking its certificate',
  'tls-server-name':
    'Berth checks the certificate against the address; use an address that the certificate names',
  'proxy-url':
    'Berth connects to API servers directly; use an address that the portal can reach',
};

/** The parts of a kubeconfig that Berth uses, for one cluster. */
export interface SelectedKubeconfig {
  content: KubeconfigContent;
  chosen: KubeconfigContext & Required<Pick<KubeconfigContext, 'cluster'>>;
}

/**
 * Chooses the context of a kubeconfig for the registration of a cluster.
 *
 * @param text - the file; errors contain only names from it
 * @param context - required if the file has several
 * @throws InputError naming `kubeconfig` or `context` and the rule
 */
export function selectKubeconfig(
  text: string,
  context: string | undefined,
): SelectedKubeconfig {
  const content = parseKubeconfig(text);
  if ('problem' in content) {
    throw atField(
      new InputError(`kubeconfig ${PROBLEMS[content.problem]}`),
      'kubeconfig',
    );
  }
  const found = chooseContext(content, context);
  const { cluster, problem, notTaken } = found;
  if (!cluster) {
    throw atField(
      new InputError(
        `kubeconfig, in the context ${quoteUntrusted(found.name)}, ${
          PROBLEMS[problem ?? 'noCluster']
        }`,
      ),
      'kubeconfig',
    );
  }
  const [unsupported] = notTaken.settings;
  if (unsupported) {
    throw atField(
      new InputError(
        `kubeconfig sets ${unsupported} for the context ${quoteUntrusted(
          found.name,
        )}, which is not supported: ${
          UNSUPPORTED[unsupported]
        }. Remove it if the portal can reach the cluster without it`,
      ),
      'kubeconfig',
    );
  }
  return { content, chosen: { ...found, cluster } };
}

function chooseContext(
  { contexts }: KubeconfigContent,
  context: string | undefined,
): KubeconfigContext {
  if (context === undefined && contexts.length === 1) {
    return contexts[0];
  }
  const names = contexts.map(({ name }) => name);
  const listed = `${names.slice(0, MAX_LISTED).map(quoteUntrusted).join(', ')}${
    names.length > MAX_LISTED ? ' and more' : ''
  }`;
  if (context === undefined) {
    throw atField(
      new InputError(
        `context is missing: the kubeconfig has several contexts, so name one of ${listed}`,
      ),
      'context',
    );
  }
  const found = contexts.find(({ name }) => name === context);
  if (!found) {
    throw atField(
      new InputError(
        `context ${quoteUntrusted(
          context,
        )} is not in the kubeconfig; there are ${listed}`,
      ),
      'context',
    );
  }
  return found;
}
