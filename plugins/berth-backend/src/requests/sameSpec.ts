import { ConflictError } from '@backstage/errors';
import { RequestSpec } from '@berth/plugin-berth-common';
import { isDeepStrictEqual } from 'node:util';
import { fieldsError } from '../text/fieldProblems';
import { quoteUntrusted } from '../text/quoteUntrusted';
import { RequestRecord } from './model';

/**
 * Makes sure that a spec is the one of the request that its requester made with the same idempotency key.
 *
 * @throws ConflictError with a problem for each field that differs
 */
export function assertSameSpec(
  { id, spec: known }: Pick<RequestRecord, 'id' | 'spec'>,
  spec: RequestSpec,
): void {
  const [before, now] = [new Map(fieldsOf(known)), new Map(fieldsOf(spec))];
  const differing = [...new Set([...before.keys(), ...now.keys()])].filter(
    field => !isDeepStrictEqual(before.get(field), now.get(field)),
  );
  if (differing.length > 0) {
    throw fieldsError(
      ConflictError,
      differing.map(field => ({
        path: [field],
        message: `${field} ${shown(now.get(field))} is not the ${field} ${shown(
          before.get(field),
        )} of the request that has this idempotencyKey: ${id}`,
      })),
    );
  }
}

/** Returns the fields as the database keeps them. */
function fieldsOf(spec: RequestSpec): [string, unknown][] {
  return Object.entries(JSON.parse(JSON.stringify(spec)));
}

function shown(value: unknown): string {
  return value === undefined ? '(none)' : quoteUntrusted(value);
}
