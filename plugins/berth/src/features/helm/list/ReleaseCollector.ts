import { HelmRelease, HelmReleaseLine } from '@berth/plugin-berth-common';
import { PlacedRow, RowCollector, RowListing } from '../../../kit/listing';
import { ReleaseState, stateOf } from '../status';

/** A release in a list. */
export interface ReleaseRow extends PlacedRow {
  namespace: string;
  release: HelmRelease;
  state: ReleaseState;
}

/** What is known of a list of releases. */
export type ReleaseListing = RowListing<ReleaseRow>;

/** Collects the lines of a list of releases. Releases that did not change keep the identity of their rows. */
export class ReleaseCollector extends RowCollector<ReleaseRow> {
  add(line: HelmReleaseLine): void {
    switch (line.type) {
      case 'start':
        this.start(line.clusters);
        break;
      case 'releases': {
        const at = Date.parse(line.at);
        for (const release of line.items) {
          this.set(this.#rowOf(release, at));
          this.markListed(line.cluster, release.namespace, at);
        }
        break;
      }
      case 'failed': {
        const { type: _, ...failure } = line;
        this.fail(failure);
        break;
      }
      case 'done':
        this.done(line.cluster);
        break;
      default:
        break;
    }
  }

  #rowOf(release: HelmRelease, at: number): ReleaseRow {
    const { cluster, namespace, name } = release;
    const id = `${cluster}/${namespace}/${name}`;
    const former = this.formerOf(id);
    // A revision never changes its chart, which comes later than the rest of the release.
    const isSameRevision = former?.release.revision === release.revision;
    const chart =
      release.chart ?? (isSameRevision ? former?.release.chart : undefined);
    const row = {
      id,
      cluster,
      namespace,
      release: { ...release, ...(chart && { chart }) },
      state: stateOf(release, at),
    };
    return former && JSON.stringify(former) === JSON.stringify(row)
      ? former
      : row;
  }
}
