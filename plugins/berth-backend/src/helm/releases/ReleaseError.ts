import { ClusterCallError } from '../../access/clusterCallErrors';
import { quoteUntrusted } from '../../text/quoteUntrusted';
import { ReleaseSource } from './types';

/** A stored release that cannot be read. The message holds nothing of its content. */
export class ReleaseError extends ClusterCallError {
  constructor(source: ReleaseSource, objectName: string, rule: string) {
    super(
      502,
      `${source === 'secret' ? 'Secret' : 'ConfigMap'} ${quoteUntrusted(
        objectName,
      )} does not hold a Helm release that can be read: ${rule}`,
    );
  }
}
