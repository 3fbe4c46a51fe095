import { ClusterCallError } from '../../access/clusterCallErrors';

/** A repository or a chart that cannot be read. The message is for people, and holds nothing of a credential. */
export class ChartError extends ClusterCallError {
  constructor(message: string) {
    super(502, message);
  }
}
