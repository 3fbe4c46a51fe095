import { KubeError } from '@berth/plugin-berth-node';

/** The `reason` of the error of a view with too many bytes. */
export const VIEW_TOO_LARGE = 'ViewTooLarge';

const MIB = 1024 * 1024;

/** The bytes that a person's view of one cluster has read. */
export interface ViewBytes {
  /** @throws KubeError beyond one of the bounds */
  add(bytes: number): void;
  /** Frees the bytes of this view for other views. */
  end(): void;
}

/** Limits the bytes that all views hold at a time, and those of each view. */
export class ByteBudget {
  readonly #maxView: number;
  readonly #maxTotal: number;
  #total = 0;

  constructor(options: { maxView: number; maxTotal: number }) {
    this.#maxView = options.maxView;
    this.#maxTotal = options.maxTotal;
  }

  view(): ViewBytes {
    let size = 0;
    return {
      add: bytes => {
        size += bytes;
        this.#total += bytes;
        if (size > this.#maxView) {
          throw tooLarge(
            `the cluster has more than ${inMib(
              this.#maxView,
            )} to show for this component; add a namespace or a narrower label selector to its annotations`,
          );
        }
        if (this.#total > this.#maxTotal) {
          throw tooLarge(
            `all Kubernetes pages together read more than ${inMib(
              this.#maxTotal,
            )} at the moment; try again in a moment`,
          );
        }
      },
      end: () => {
        this.#total -= size;
        size = 0;
      },
    };
  }
}

function tooLarge(message: string): KubeError {
  return new KubeError('TooManyRequests', message, { reason: VIEW_TOO_LARGE });
}

function inMib(bytes: number): string {
  return `${Math.round((bytes / MIB) * 10) / 10} MiB`;
}
